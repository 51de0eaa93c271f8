package io.metricsagent.startup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the JVM takes the application's classes from, besides the JDK's own archive. */
enum Archive {
  /** Nothing. */
  NONE {
    @Override
    boolean existsOn(Jdk jdk) {
      return true;
    }

    @Override
    List<String> training(Agent agent, Jars jars, Path file) {
      throw new IllegalStateException("no archive is written");
    }

    @Override
    List<String> start(Agent agent, Jars jars, Path file, Jdk jdk) {
      return agent.options(jars);
    }
  },

  /** AppCDS, written without an agent, since the JVM writes no such archive with one. */
  APP_CDS {
    @Override
    boolean existsOn(Jdk jdk) {
      return true;
    }

    @Override
    List<String> training(Agent agent, Jars jars, Path file) {
      return List.of("-XX:ArchiveClassesAtExit=" + file);
    }

    @Override
    List<String> start(Agent agent, Jars jars, Path file, Jdk jdk) {
      List<String> options = new ArrayList<>(agent.options(jars));
      options.add("-XX:SharedArchiveFile=" + file);
      if (agent != Agent.NONE && jdk.feature() >= FIRST_WITH_AOT_CACHE) {
        options.add("-Xlog:cds=off"); // hides lines about the module java.instrument
      }
      return options;
    }
  },

  /** An AOT cache, written with the agent on the command line, where the JVM can do so. */
  AOT_CACHE {
    @Override
    boolean existsOn(Jdk jdk) {
      return jdk.feature() >= FIRST_WITH_AOT_CACHE;
    }

    @Override
    List<String> training(Agent agent, Jars jars, Path file) {
      return with(agent.trainingForAotCache(jars), "-XX:AOTCacheOutput=" + file);
    }

    @Override
    List<String> start(Agent agent, Jars jars, Path file, Jdk jdk) {
      return with(agent.optionsForAotCache(jars), "-XX:AOTCache=" + file);
    }

    private List<String> with(List<String> options, String option) {
      List<String> all = new ArrayList<>(options);
      all.add(option);
      return all;
    }
  };

  /** The JDK whose one option writes an AOT cache. */
  private static final int FIRST_WITH_AOT_CACHE = 25;

  abstract boolean existsOn(Jdk jdk);

  /** Returns the options of a run that writes the archive. */
  abstract List<String> training(Agent agent, Jars jars, Path file);

  /** Returns the options of a run that uses the archive. */
  abstract List<String> start(Agent agent, Jars jars, Path file, Jdk jdk);
}
