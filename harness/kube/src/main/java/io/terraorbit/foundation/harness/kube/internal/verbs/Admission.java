package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.admission.Placement;
import io.terraorbit.foundation.harness.kube.internal.quota.LimitRanges;
import io.terraorbit.foundation.harness.kube.internal.quota.QuotaAdmission;
import io.terraorbit.foundation.harness.kube.internal.quota.QuotaAdmission.Change;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What the policies of a namespace make of a write: they fill in, then they may refuse. */
final class Admission {
  private final QuotaAdmission quotas;
  private final Placement placement;

  Admission(InstantSource time, RandomGenerator random) {
    this.quotas = new QuotaAdmission(time);
    this.placement = new Placement(random);
  }

  /** A new object with what LimitRanges and the rest of the cluster give it. */
  Map<String, Object> complete(Editor editor, Target target, Map<String, Object> object) {
    return placement.create(
        editor.now(),
        target.type(),
        LimitRanges.withDefaults(editor.now(), target.type(), target.namespace(), object));
  }

  /** A changed object with what it had been given before and does not mention. */
  Map<String, Object> complete(
      Editor editor, Target target, Map<String, Object> object, Map<String, Object> before) {
    return target.subresource().isEmpty()
        ? placement.update(editor.now(), target.type(), object, before)
        : object;
  }

  /**
   * Checks a valid object that is about to be stored.
   *
   * @param before what is stored now; null for a creation
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 403
   */
  void check(
      Editor editor,
      Target target,
      @Nullable Map<String, Object> before,
      Map<String, Object> after) {
    Change change =
        new Change(
            target.type(),
            target.namespace(),
            target.subject(),
            target.subresource(),
            before,
            after);
    LimitRanges.check(editor.now(), change);
    quotas.check(editor.now(), change);
  }
}
