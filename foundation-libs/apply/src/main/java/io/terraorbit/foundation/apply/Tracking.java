package io.terraorbit.foundation.apply;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * Server-side apply, and what plain writes mean for it. Immutable.
 *
 * <p>An update gives its writer every field that it changes or adds, and takes them from all
 * others. An apply says all that its owner wants: the configuration is merged into the object, what
 * the owner applied before and does not say any more goes if nobody else owns it, and where the
 * result changes a field of somebody else there is a conflict, unless force is used.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Tracking {
  private static final String BEFORE_FIRST_APPLY = "before-first-apply";

  /** What the server writes, or what says which object it is, is nobody's. */
  private static final FieldSet NOBODYS =
      FieldSet.of(
          Stream.concat(
                  Stream.of(
                      FieldPath.of("apiVersion"), FieldPath.of("kind"), FieldPath.of("metadata")),
                  Stream.of(
                          "name",
                          "namespace",
                          "creationTimestamp",
                          "selfLink",
                          "uid",
                          "clusterName",
                          "generation",
                          "managedFields",
                          "resourceVersion")
                      .map(name -> FieldPath.of("metadata", name)))
              .toArray(FieldPath[]::new));

  private final Versions versions;

  /** Tracks the objects of a kind. */
  public Tracking(Versions versions) {
    this.versions = versions;
  }

  /**
   * Who owns what after an update or a creation.
   *
   * @param live the object as it was; for a creation, one of the kind with nothing in it
   * @param next as it is to be
   * @param write in whose version both are
   */
  public ManagedFields updated(
      TypedValue live, TypedValue next, ManagedFields managed, Write write) {
    ManagedFields known = reconciled(live, managed);
    Owners owners = new Owners(versions, live, next, write.apiVersion());
    Owner updater = write.updater();
    // No owner of today is the writer here: its earlier fields are lost, too, and come back below.
    ManagedFields others = owners.after(known, Owner.updater("", "", ""), true);
    Comparison change = owners.change(write.apiVersion()).orElseThrow();
    FieldSet mine =
        change.written().outside(versions.untouched(write.apiVersion())).difference(NOBODYS);
    ManagedFields result = others;
    if (!mine.isEmpty()) {
      FieldSet all = others.of(updater).map(Ownership::fields).orElse(FieldSet.EMPTY).union(mine);
      result = others.with(updater, new Ownership(write.apiVersion(), write.time(), all));
    }
    return OldUpdaters.folded(result);
  }

  /**
   * Applies a configuration.
   *
   * @param live the object as it is, in the version of the write
   * @param blank one of the kind with nothing in it
   * @param config what is applied; has no {@code managedFields}
   * @throws ApplyConflictException if others own what it would change, and force is not used
   * @throws MismatchException if the configuration is not of its type
   */
  public Applied applied(
      TypedValue live,
      TypedValue blank,
      TypedValue config,
      ManagedFields managed,
      Write write,
      boolean force) {
    ManagedFields known =
        managed.isEmpty() ? updated(blank, live, managed, write.by(BEFORE_FIRST_APPLY)) : managed;
    if (!write.manager().equals(LastApplied.MANAGER)) {
      return merged(live, config, known, write, force);
    }
    Applied applied = appliedByKubectl(live, config, known, write, force);
    return new Applied(LastApplied.renewed(applied.object(), config), applied.managed());
  }

  private Applied appliedByKubectl(
      TypedValue live, TypedValue config, ManagedFields managed, Write write, boolean force) {
    try {
      return merged(live, config, managed, write, force);
    } catch (ApplyConflictException e) {
      FieldSet allowed = LastApplied.unchanged(live, write.apiVersion());
      List<Conflict> others =
          e.conflicts().stream().filter(conflict -> !allowed.contains(conflict.path())).toList();
      if (!others.isEmpty()) {
        throw others.size() == e.conflicts().size() ? e : new ApplyConflictException(others);
      }
      return merged(live, config, managed, write, true);
    }
  }

  private Applied merged(
      TypedValue live, TypedValue config, ManagedFields managed, Write write, boolean force) {
    config.checked(TypedValue.Duplicates.REFUSED);
    ManagedFields known = reconciled(live, managed);
    Owner applier = write.applier();
    TypedValue next = live.merge(config);
    FieldSet said = config.fields().outside(versions.untouched(write.apiVersion()));
    Optional<Ownership> last = known.of(applier);
    Ownership now = new Ownership(write.apiVersion(), last.map(Ownership::time).orElse(null), said);
    ManagedFields owned = known.with(applier, now);
    if (last.isPresent()) {
      next = new Pruning(versions, owned).pruned(next, last.get(), write.apiVersion());
    }
    ManagedFields after =
        new Owners(versions, live, next, write.apiVersion()).after(owned, applier, force);
    boolean changed = !next.sameAs(live);
    Ownership mine =
        new Ownership(
            write.apiVersion(), changed ? write.time() : now.time(), said.difference(NOBODYS));
    return new Applied(changed ? next : live, after.with(applier, mine));
  }

  /** The owners under the types of today; what is owned in a version that is gone is forgotten. */
  private ManagedFields reconciled(TypedValue live, ManagedFields managed) {
    Map<Owner, Ownership> result = new HashMap<>();
    Map<String, Optional<TypedValue>> inVersion = new HashMap<>();
    managed
        .owners()
        .forEach(
            (owner, owned) ->
                inVersion
                    .computeIfAbsent(owned.apiVersion(), version -> versions.in(version, live))
                    .ifPresent(
                        object ->
                            result.put(owner, owned.with(object.reconciled(owned.fields())))));
    return new ManagedFields(result);
  }
}
