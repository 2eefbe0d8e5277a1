package io.terraorbit.foundation.harness.kube.internal.workloads;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cluster as controllers see it within one write: what they read holds all that was committed,
 * and what they write is committed at once.
 */
public interface Objects {
  Optional<Map<String, Object>> find(Kind kind, String namespace, String name);

  /**
   * The objects of a kind, by namespace and name.
   *
   * @param namespace empty for all
   */
  List<Map<String, Object>> list(Kind kind, String namespace);

  /** The objects of a kind that name an owner, by key. */
  List<Map<String, Object>> owned(Kind kind, String ownerUid);

  /** Whether there are quotas, which are counted once the controller that creates has returned. */
  boolean counted(String namespace);

  /**
   * Creates an object.
   *
   * @param by the controller that does
   * @return why it was refused; empty when it was made
   */
  Optional<String> create(Kind kind, Map<String, Object> object, String by);

  /** Replaces an object, but for its status, without asking for its revision. */
  void update(Kind kind, Map<String, Object> object, String by);

  /** Replaces the status of an object, and what else its kind lets a write of the status change. */
  void updateStatus(Kind kind, Map<String, Object> object, String by);

  /** Deletes an object with its kind's usual grace; what it owns is collected later. */
  void delete(Kind kind, Map<String, Object> object, String by);

  /** Puts a Pod on a node. */
  void bind(Map<String, Object> pod, String node, String by);

  /** Takes a Pod away whose time to stop is over. */
  void finish(Map<String, Object> pod, String by);

  Instant now();
}
