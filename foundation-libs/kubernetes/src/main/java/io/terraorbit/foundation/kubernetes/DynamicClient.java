package io.terraorbit.foundation.kubernetes;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * Reads and writes objects of any kind as JSON values (see {@code foundation-json}). Safe for many
 * threads.
 *
 * <p>Which path serves a kind is learnt from the server, kept, and asked for anew when a kind is
 * not among those known. Fails as {@link ResourceClient} does; also with {@code KUBE_KIND_UNKNOWN}
 * when the server does not serve the kind, and {@code KUBE_NAMESPACE_MISSING} when a namespaced
 * object names no namespace.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface DynamicClient {
  /** The object as it is now; empty when there is none. */
  Optional<Map<String, Object>> find(ObjectRef ref);

  /** The object as it is now; {@code KUBE_NOT_FOUND} when there is none. */
  Map<String, Object> get(ObjectRef ref);

  /** Creates the object. */
  Map<String, Object> create(Map<String, Object> object);

  /** Replaces the object; checks {@code metadata.resourceVersion} if there is one. */
  Map<String, Object> update(Map<String, Object> object);

  /** Merges by RFC 7396. */
  Map<String, Object> mergePatch(ObjectRef ref, Map<String, ?> patch);

  /** Merges into the status alone; the patch has a {@code status} member. */
  Map<String, Object> mergePatchStatus(ObjectRef ref, Map<String, ?> patch);

  /** Creates the object, or merges it into the one that exists, as Chainsaw's apply does. */
  Map<String, Object> apply(Map<String, Object> object);

  /** Deletes; says whether there was one. */
  boolean delete(ObjectRef ref, Delete how);

  /** Deletes whatever is there, its dependents in the background. */
  default boolean delete(ObjectRef ref) {
    return delete(ref, Delete.any());
  }

  /** All objects of a kind, page by page, as {@link ResourceClient#list}. */
  Stream<Map<String, Object>> list(String apiVersion, String kind, Query query);
}
