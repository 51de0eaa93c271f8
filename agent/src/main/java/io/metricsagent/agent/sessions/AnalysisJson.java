package io.metricsagent.agent.sessions;

import io.metricsagent.agent.runs.ReportJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonGenerator;

/** Writes an analysis as the documented JSON. Stateless. */
public final class AnalysisJson {
  private AnalysisJson() {}

  /** Returns the text, with a line break at its end. */
  public static String text(Analysis analysis) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = SessionWriter.generator(out)) {
      Analysis.Figures all = analysis.all();
      json.writeStartObject();
      json.writeNumberProperty("total_sessions", all.sessions());
      json.writeArrayPropertyStart("skills");
      analysis.skills().forEach(json::writeString);
      json.writeEndArray();
      json.writeObjectPropertyStart("metrics");
      if (all.sessions() > 0) {
        decimal(json, "success_rate", all.successRate());
        decimal(json, "avg_duration_ms", all.averageDurationMs());
        json.writeNumberProperty("total_tool_calls", all.toolCalls());
        decimal(json, "avg_tool_calls_per_session", all.averageToolCalls());
      }
      json.writeEndObject();
      if (all.sessions() > 0) {
        skills(json, analysis);
        json.writeObjectPropertyStart("time_range");
        json.writeStringProperty("start", SessionTime.text(analysis.start()));
        json.writeStringProperty(
            "end", analysis.end() == null ? null : SessionTime.text(analysis.end()));
        json.writeEndObject();
      }
      json.writeEndObject();
      json.writeRaw('\n');
    }
    return out.toString(StandardCharsets.US_ASCII);
  }

  private static void skills(JsonGenerator json, Analysis analysis) {
    json.writeObjectPropertyStart("skill_breakdown");
    for (String name : analysis.skills()) {
      Analysis.Figures skill = analysis.skill(name);
      json.writeObjectPropertyStart(name);
      json.writeNumberProperty("invocations", skill.sessions());
      decimal(json, "success_rate", skill.successRate());
      decimal(json, "avg_duration_ms", skill.averageDurationMs());
      json.writeNumberProperty("total_tool_calls", skill.toolCalls());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void decimal(JsonGenerator json, String name, double value) {
    json.writeName(name);
    json.writeNumber(ReportJson.number(value));
  }
}
