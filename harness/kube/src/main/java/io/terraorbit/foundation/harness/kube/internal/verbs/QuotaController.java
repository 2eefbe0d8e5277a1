package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.quota.QuotaUsage;
import io.terraorbit.foundation.harness.kube.internal.resources.Catalog;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.store.Event;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes into ResourceQuotas what is used. */
final class QuotaController {
  private static final WriteOptions UPDATE =
      WriteOptions.system("serviceaccount:kube-system:resourcequota-controller", "update");

  private final Supplier<Catalog> catalog;
  private final QuotaUsage usage;

  QuotaController(Supplier<Catalog> catalog, InstantSource time) {
    this.catalog = catalog;
    this.usage = new QuotaUsage(catalog, time);
  }

  /** Whether a key is that of a quota, whose change may make room for others to go on. */
  static boolean isQuota(String key) {
    return key.startsWith("/core/resourcequotas/");
  }

  /** Has all quotas counted anew. */
  void resume(Editor editor) {
    usage.distrust(editor.now());
  }

  /** Takes note of a commit. */
  void see(Event<Map<String, Object>> event, @Nullable ResourceType type) {
    usage.see(event, type);
  }

  /**
   * Writes what has to be written for the commits that were seen.
   *
   * @return whether anything was
   */
  boolean settle(Editor editor) {
    List<Map<String, Object>> due = usage.settle(editor.now());
    ResourceType type = catalog.get().findKind("v1", "ResourceQuota").orElseThrow();
    for (Map<String, Object> quota : due) {
      Target target = new Target(type, Meta.namespace(quota), Meta.name(quota), "status");
      Map<String, Object> stored = editor.put(target, quota, UPDATE);
      usage.written(target.key(), Long.parseLong(Meta.text(stored, "resourceVersion")));
    }
    return !due.isEmpty();
  }
}
