package io.terraorbit.foundation.workbench;

import io.terraorbit.foundation.errors.AppError;
import java.io.PrintWriter;

/**
 * Where the command line writes: results go out, progress and errors go to {@code err}. Safe for
 * many threads.
 */
record Terminal(PrintWriter out, PrintWriter err) {
  void result(String text) {
    out.println(text);
    out.flush();
  }

  void progress(String text) {
    err.println(text);
    err.flush();
  }

  void error(AppError error) {
    progress(error.message());
  }
}
