package io.terraorbit.foundation.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * Reads and writes the objects of one resource. Safe for many threads.
 *
 * <p>Nothing is ever sent twice. Every refusal, broken connection and missed deadline is an {@link
 * io.terraorbit.foundation.errors.AppException} with a stable code: {@code KUBE_NOT_FOUND}, {@code
 * KUBE_ALREADY_EXISTS}, {@code KUBE_CONFLICT}, {@code KUBE_EXPIRED}, {@code KUBE_INVALID}, {@code
 * KUBE_TOO_MANY_REQUESTS}, {@code KUBE_UNREACHABLE} (nothing was sent), {@code KUBE_TIMEOUT} and
 * {@code KUBE_CONNECTION_LOST} (a write may have happened), and the rest of the reasons of a
 * Kubernetes {@code Status} in the same manner. Objects come without {@code
 * metadata.managedFields}, which would be most of their weight; {@link DynamicClient} shows them.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface ResourceClient<T extends HasMetadata> {
  /** The model class of the objects. */
  Class<T> type();

  /** The object as it is now; empty when there is none. */
  Optional<T> find(ObjectKey key);

  /** The object as it is now; {@code KUBE_NOT_FOUND} when there is none. */
  T get(ObjectKey key);

  /** Creates the object; {@code KUBE_ALREADY_EXISTS} when there is one of that name. */
  T create(T object);

  /**
   * Replaces the object; {@code KUBE_CONFLICT} when it is not at the version that {@code object}
   * carries.
   *
   * @throws IllegalArgumentException if {@code metadata.resourceVersion} is missing
   */
  T update(T object);

  /** As {@link #update}, for the status alone. */
  T updateStatus(T object);

  /** Merges by RFC 7396; a null member deletes, a {@code metadata.resourceVersion} is checked. */
  T mergePatch(ObjectKey key, Map<String, ?> patch);

  /** As {@link #mergePatch}, for the status alone; the patch has a {@code status} member. */
  T mergePatchStatus(ObjectKey key, Map<String, ?> patch);

  /**
   * Deletes the object, or marks it when finalizers hold it.
   *
   * @return whether there was one
   */
  boolean delete(ObjectKey key, Delete how);

  /** Deletes whatever is there, its dependents in the background. */
  default boolean delete(ObjectKey key) {
    return delete(key, Delete.any());
  }

  /** The first page. */
  default Page<T> page(Query query) {
    return page(query, "");
  }

  /**
   * One page.
   *
   * @param continueToken of the page before, with the same query; empty for the first
   */
  Page<T> page(Query query, String continueToken);

  /**
   * All pages, each fetched when it is reached, all of one moment. A page that fails, such as with
   * {@code KUBE_EXPIRED} after minutes of dawdling, throws out of the terminal operation; a list
   * never starts anew behind the caller's back. The stream holds nothing that would need closing.
   */
  default Stream<T> list(Query query) {
    Query paged = query.paged();
    return Pages.stream(token -> page(paged, token));
  }

  /**
   * Opens a watch with bookmarks, to be read by pulling.
   *
   * @param from the first event is the one after this version
   * @param atMost after this time the server is to end the watch; whole seconds
   */
  WatchStream<T> openWatch(Query query, ResourceVersion from, Duration atMost);

  /** Watches on a daemon thread of its own, for as long as the server lets it. */
  Watch watch(Query query, ResourceVersion from, WatchListener<T> listener);
}
