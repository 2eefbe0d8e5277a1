package io.terraorbit.foundation.workbench;

import io.terraorbit.foundation.chaos.scenario.Recording;
import io.terraorbit.foundation.chaos.scenario.RunResult;
import io.terraorbit.foundation.json.Json;

/** The result of a run as one line of JSON. Stateless. */
final class JsonReport {
  private JsonReport() {}

  static String of(RunResult result) {
    return Json.text(Recording.meta(result));
  }
}
