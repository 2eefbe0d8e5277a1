package io.terraorbit.foundation.harness.kube.internal.schema;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a number. An integer is compared with the limit as an integer, a float as a float,
 * and each is shown as what it was compared as.
 *
 * @param path as messages show it
 * @param field as errors name it
 * @param whole the field of errors that the real server does not place
 */
record Ranges(StructuralSchema schema, String path, String field, String whole) {

  /** What is wrong with a Long or a Double. */
  Findings check(Number value) {
    StructuralSchema.Bounds bounds = schema.bounds();
    Findings findings = new Findings();
    formatRange(findings, value);
    limit(findings, "MultipleOf", value, bounds.multipleOf(), this::multiple);
    limit(findings, "Maximum boundary", value, bounds.maximum(), this::most);
    limit(findings, "Minimum boundary", value, bounds.minimum(), this::least);
    return findings.pass();
  }

  private interface Check {
    @Nullable FieldError fault(Number value, double limit);
  }

  private void limit(
      Findings findings, String name, Number value, @Nullable Double limit, Check check) {
    if (limit == null) {
      return;
    }
    boolean misfit = schema.type().equals("integer") && !Numbers.fitsLong(limit);
    if (misfit) {
      misfit(findings, name);
    }
    FieldError fault = check.fault(misfit ? (Number) value.doubleValue() : value, limit);
    if (fault != null) {
      findings.add(fault);
    }
  }

  private void misfit(Findings findings, String name) {
    String format = schema.bounds().format();
    findings.add(
        FieldError.invalid(
            whole,
            "",
            "%s value must be of type %s%s in %s"
                .formatted(
                    name,
                    schema.type(),
                    format.isEmpty() ? " (default format)" : " with format " + format,
                    path)));
  }

  private void formatRange(Findings findings, Number value) {
    boolean inRange =
        switch (schema.type()) {
          case "integer" ->
              schema.bounds().format().equals("int32")
                  ? value.doubleValue() == (int) value.doubleValue()
                  : value instanceof Long || Numbers.fitsLong(value.doubleValue());
          case "number" ->
              !schema.bounds().format().equals("float")
                  || Math.abs(value.doubleValue()) <= Float.MAX_VALUE;
          default -> true;
        };
    if (!inRange) {
      misfit(findings, "Checked");
    }
  }

  private @Nullable FieldError multiple(Number value, double factor) {
    if (value instanceof Long number) {
      long whole = (long) factor;
      if (whole <= 0) {
        return notPositive(whole, String.valueOf(whole));
      }
      return number % whole == 0 ? null : text("be a multiple of", value, factor);
    }
    if (factor <= 0) {
      return notPositive(factor, Numbers.text(factor));
    }
    double times = factor < 1 ? 1 / factor * value.doubleValue() : value.doubleValue() / factor;
    return Numbers.whole(times) ? null : text("be a multiple of", value, factor);
  }

  private @Nullable FieldError most(Number value, double limit) {
    boolean exclusive = schema.bounds().exclusiveMaximum();
    int order = compare(value, limit);
    return order < 0 || (order == 0 && !exclusive)
        ? null
        : text(exclusive ? "be less than" : "be less than or equal to", value, limit);
  }

  private @Nullable FieldError least(Number value, double limit) {
    boolean exclusive = schema.bounds().exclusiveMinimum();
    int order = compare(value, limit);
    return order > 0 || (order == 0 && !exclusive)
        ? null
        : text(exclusive ? "be greater than" : "be greater than or equal to", value, limit);
  }

  private static int compare(Number value, double limit) {
    return value instanceof Long number
        ? Long.compare(number, (long) limit)
        : Double.compare(value.doubleValue(), limit);
  }

  private FieldError notPositive(Number factor, String shown) {
    return FieldError.invalid(
        field,
        factor,
        "factor MultipleOf declared for %s must be positive: %s".formatted(path, shown));
  }

  private FieldError text(String relation, Number value, double limit) {
    String shown = value instanceof Long ? String.valueOf((long) limit) : Numbers.text(limit);
    return FieldError.invalid(
        field, value, "%s in body should %s %s".formatted(path, relation, shown));
  }
}
