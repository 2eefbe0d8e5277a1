package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** CertificateSigningRequests, on which one writer decides and another signs. */
public final class CertificateRules implements KindRules {
  private static final List<String> DECISIONS = List.of("Approved", "Denied", "Failed");
  private static final String HEAD = "-----BEGIN CERTIFICATE REQUEST-----";

  @Override
  public Map<String, Object> defaults(Map<String, Object> object) {
    return Draft.change(
        object,
        request -> {
          request.make("spec").orElse("usages", List.of("digital signature", "key encipherment"));
          request.within(
              "status",
              status -> status.each("conditions", condition -> condition.orText("status", "True")));
        });
  }

  @Override
  public Map<String, Object> onUpdate(Map<String, Object> object, Map<String, Object> before) {
    return Values.with(object, Values.objectAt(before, "spec"), "spec");
  }

  @Override
  public Map<String, Object> onStatus(Map<String, Object> object, Map<String, Object> before) {
    List<Object> conditions = new ArrayList<>(decisions(before, true));
    conditions.addAll(decisions(object, false));
    return conditions.isEmpty()
        ? Values.without(object, "status", "conditions")
        : Values.with(object, List.copyOf(conditions), "status", "conditions");
  }

  /** A write to {@code approval}: only the conditions. */
  public static Map<String, Object> approved(
      Map<String, Object> object, Map<String, Object> before) {
    return Values.with(
        before, Values.listAt(object, "status", "conditions"), "status", "conditions");
  }

  private static List<Object> decisions(Map<String, Object> object, boolean wanted) {
    return Values.listAt(object, "status", "conditions").stream()
        .filter(
            condition ->
                List.of("Approved", "Denied").contains(Checks.text(condition, "type")) == wanted)
        .toList();
  }

  @Override
  public void check(Map<String, Object> object, List<FieldError> errors) {
    Map<String, Object> spec = Values.objectAt(object, "spec");
    String request = Checks.text(spec, "request");
    if (!readable(request)) {
      errors.add(
          FieldError.invalid(
              "spec.request", request, "PEM block type must be CERTIFICATE REQUEST"));
    }
    if (Values.listAt(spec, "usages").isEmpty()) {
      errors.add(FieldError.required("spec.usages", "usages must contain at least one value"));
    }
    String signer = Checks.text(spec, "signerName");
    if (signer.isEmpty()) {
      errors.add(FieldError.required("spec.signerName", ""));
    } else if (signer.indexOf('/') < 0) {
      errors.add(
          FieldError.invalid(
              "spec.signerName",
              signer,
              "must be a fully qualified domain and path of the form"
                  + " 'example.com/signer-name'"));
    }
    List<Object> conditions = Values.listAt(object, "status", "conditions");
    List<String> types =
        conditions.stream().map(condition -> Checks.text(condition, "type")).toList();
    if (types.contains("Approved") && types.contains("Denied")) {
      errors.add(
          FieldError.invalid(
              "status.conditions",
              "Denied",
              "Approved and Denied conditions are mutually exclusive"));
    }
    for (int i = 0; i < conditions.size(); i++) {
      if (DECISIONS.contains(types.get(i))
          && !Checks.text(conditions.get(i), "status").equals("True")) {
        errors.add(
            FieldError.notSupported(
                "status.conditions[%d].status".formatted(i),
                Checks.text(conditions.get(i), "status"),
                List.of("True")));
      }
    }
  }

  private static boolean readable(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.US_ASCII)
          .contains(HEAD);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
