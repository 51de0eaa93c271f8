package io.metricsagent.instrumentations.rules;

import io.metricsagent.bootstrap.probe.ProbeSink;
import io.metricsagent.bootstrap.snapshot.InstrumentationSnapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * All sites of the JVM by number, and the sink that woven code reaches. The table is complete
 * before the first class is woven and never changes, so a look-up is one array access.
 */
public final class SiteTable implements ProbeSink {
  private final Site[] sites;
  private final List<Instrumentation> instrumentations = new ArrayList<>();

  /** Numbers the rules of {@code modules}. */
  public SiteTable(List<InstrumentationModule> modules) {
    List<Site> all = new ArrayList<>();
    for (InstrumentationModule module : modules) {
      Instrumentation instrumentation = new Instrumentation(module);
      instrumentations.add(instrumentation);
      for (Rule rule : module.rules()) {
        all.add(new Site(all.size(), instrumentation, rule));
      }
    }
    sites = all.toArray(new Site[0]);
  }

  /** Returns all sites. */
  public List<Site> sites() {
    return List.of(sites);
  }

  /** Returns what became of each module. */
  public List<InstrumentationSnapshot> snapshot() {
    List<InstrumentationSnapshot> result = new ArrayList<>();
    for (Instrumentation instrumentation : instrumentations) {
      result.add(instrumentation.snapshot());
    }
    return result;
  }

  @Override
  public Object enter(int site, Object self, Object arg0, Object arg1, Object arg2) {
    SiteHandler handler = sites[site].handler();
    return handler == null ? null : handler.enter(self, arg0, arg1, arg2);
  }

  @Override
  public Object replaceArgument(int site, Object token, Object argument) {
    SiteHandler handler = sites[site].handlerOfRunningCalls();
    return handler == null ? argument : handler.replaceArgument(token, argument);
  }

  @Override
  public Object exit(int site, Object token, Object result, Throwable thrown) {
    SiteHandler handler = sites[site].handlerOfRunningCalls();
    return handler == null ? result : handler.exit(token, result, thrown);
  }

  @Override
  public void failed(int site, Throwable fault) {
    sites[site].failed(fault);
  }
}
