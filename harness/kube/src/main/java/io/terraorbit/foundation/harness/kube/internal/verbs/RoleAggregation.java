package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.resources.Catalog;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.selectors.LabelSelector;
import io.terraorbit.foundation.harness.kube.internal.store.Entry;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Writes into aggregated ClusterRoles the rules of those that their selectors find. */
final class RoleAggregation {
  private static final String PREFIX = "/rbac.authorization.k8s.io/clusterroles/";
  private static final WriteOptions UPDATE =
      WriteOptions.system(
          "serviceaccount:kube-system:clusterrole-aggregation-controller", "update");

  private final Supplier<Catalog> catalog;
  private boolean due;

  RoleAggregation(Supplier<Catalog> catalog) {
    this.catalog = catalog;
  }

  /** Takes note that the object of a key has changed. */
  void see(String key) {
    due = due || key.startsWith(PREFIX);
  }

  /**
   * Writes what follows from the changes that were seen. Rules may pass on through several roles,
   * so this is to be called until nothing is left to write.
   *
   * @return whether anything was written
   */
  boolean settle(Editor editor) {
    if (!due) {
      return false;
    }
    due = false;
    ResourceType type =
        catalog.get().findKind("rbac.authorization.k8s.io/v1", "ClusterRole").orElseThrow();
    boolean written = false;
    for (Entry<Map<String, Object>> entry : editor.now().list(PREFIX)) {
      Map<String, Object> role = entry.value();
      List<Object> selectors = Values.listAt(role, "aggregationRule", "clusterRoleSelectors");
      if (selectors.isEmpty()) {
        continue;
      }
      List<Object> rules = gathered(editor, Meta.name(role), selectors);
      if (!rules.equals(Values.listAt(role, "rules"))) {
        Map<String, Object> filled =
            rules.isEmpty() ? Values.without(role, "rules") : Values.with(role, rules, "rules");
        editor.put(new Target(type, "", Meta.name(role), ""), filled, UPDATE);
        written = true;
      }
    }
    return written;
  }

  /** The rules of all others that are selected, each rule once, in the order of their names. */
  private static List<Object> gathered(Editor editor, String name, List<Object> selectors) {
    Set<Object> rules = new LinkedHashSet<>();
    for (Object selector : selectors) {
      LabelSelector selects = LabelSelector.of(selector).orElse(LabelSelector.EVERYTHING);
      for (Entry<Map<String, Object>> entry : editor.now().list(PREFIX)) {
        Map<String, Object> role = entry.value();
        if (!Meta.name(role).equals(name)
            && selects.matches(Values.objectAt(role, "metadata", "labels"))) {
          rules.addAll(Values.listAt(role, "rules"));
        }
      }
    }
    return new ArrayList<>(rules);
  }
}
