package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.access.Users;
import io.terraorbit.foundation.harness.kube.internal.resources.Catalog;
import io.terraorbit.foundation.harness.kube.internal.resources.Definition;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType.Flag;
import io.terraorbit.foundation.harness.kube.internal.status.ApiException;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.store.Entry;
import io.terraorbit.foundation.harness.kube.internal.store.Event;
import io.terraorbit.foundation.harness.kube.internal.store.RevisionStore;
import io.terraorbit.foundation.json.Values;
import io.terraorbit.foundation.time.TimeSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The state of a cluster and all that may be done to it. Safe for many threads.
 *
 * <p>Every method that a request ends in throws {@link
 * io.terraorbit.foundation.harness.kube.internal.status.ApiException} when it is refused, and
 * {@link io.terraorbit.foundation.harness.kube.internal.access.RevokedException} when its user was
 * cut off.
 */
public final class Cluster {
  private static final String DEFINITIONS = "/apiextensions.k8s.io/customresourcedefinitions/";

  private final RevisionStore<Map<String, Object>> store;
  private final Users users;
  private final TimeSource time;
  private final Creating creating;
  private final Updating updating;
  private final Scaling scaling;
  private final Deleting deleting;
  private final Evicting evicting;
  private final Binding binding;
  private final Reading reading;
  private final Watches watches;
  private final Controllers controllers;
  private final @Nullable WorkloadController workloads;
  private volatile Catalog catalog;

  /** Takes over a store, with all that is in it. */
  public Cluster(
      RevisionStore<Map<String, Object>> store,
      Users users,
      TimeSource time,
      RandomGenerator random,
      int maxWaitingEvents,
      Establishing establishing,
      boolean withWorkloads) {
    Identity identity = new Identity(time, random);
    this.store = store;
    this.users = users;
    this.time = time;
    Admission admission = new Admission(time, random);
    this.creating = new Creating(identity, admission);
    this.updating = new Updating(creating, admission);
    this.scaling = new Scaling(updating);
    this.deleting = new Deleting(identity);
    this.evicting = new Evicting(this::catalog, deleting, identity);
    this.binding = new Binding(identity);
    this.reading = new Reading(store);
    this.watches = new Watches(store, maxWaitingEvents);
    Catalog known = Catalog.builtIn();
    for (Entry<Map<String, Object>> entry : store.latest().list(DEFINITIONS)) {
      if (Definition.established(entry.value())) {
        Definition definition = Definition.read(entry.value());
        known = known.with(definition.group(), definition.plural(), definition.types());
      }
    }
    this.catalog = known;
    store.observe(this::follow);
    this.controllers = new Controllers(store, this::catalog, creating, deleting, identity, time);
    if (withWorkloads) {
      WorkloadController running =
          new WorkloadController(
              () ->
                  new WorkloadObjects.Verbs(
                      catalog,
                      creating,
                      updating,
                      deleting,
                      binding,
                      identity,
                      controllers.ownership()),
              establishing.scheduler(),
              this::wake);
      this.workloads = running;
      controllers.run(running);
    } else {
      this.workloads = null;
    }
    if (!establishing.atOnce()) {
      controllers.holdDefinitions();
      for (Entry<Map<String, Object>> entry : store.latest().list(DEFINITIONS)) {
        if (DefinitionController.installing(entry.value())) {
          establishing.later(() -> establish(entry.key()));
        }
      }
      store.observe(
          event -> {
            if (DefinitionController.waits(event)) {
              establishing.later(() -> establish(event.key()));
            }
          });
    }
  }

  /** Serves the kinds of a definition that has waited long enough. */
  private void establish(String key) {
    store.write(
        transaction -> {
          Editor editor = new Editor(transaction, users);
          controllers.establish(editor, key);
          controllers.settle(editor);
          return true;
        });
  }

  /** Makes what every cluster has: its namespaces, and its highest priorities. */
  public void bootstrap() {
    internally(
        editor -> {
          Bootstrap bootstrap = new Bootstrap(catalog, creating, editor);
          bootstrap.namespaces();
          bootstrap.priorities();
        });
  }

  /** Lets the controllers of workloads go on whose time has come. */
  private void wake() {
    internally(editor -> workloads().ifPresent(running -> running.wake(editor)));
  }

  private Optional<WorkloadController> workloads() {
    return Optional.ofNullable(workloads);
  }

  /** Makes the node on which Pods are said to run. */
  public void bootstrapNode() {
    internally(editor -> new Bootstrap(catalog, creating, editor).node());
  }

  /** Sets the certificate, in PEM, that each new namespace tells those who live in it. */
  public void trust(Supplier<String> authority) {
    controllers.trust(authority);
  }

  /** Makes the Service {@code kubernetes}, which leads to this server. */
  public void announce(String host, int port) {
    internally(editor -> new Bootstrap(catalog, creating, editor).itself(host, port));
  }

  private void internally(Consumer<Editor> writes) {
    store.write(
        transaction -> {
          Editor editor = new Editor(transaction, users);
          controllers.resume(editor);
          writes.accept(editor);
          controllers.settle(editor);
          return true;
        });
  }

  /** Makes an object of the server's own, and of a kind that is in the cluster. */
  public void bootstrap(Map<String, Object> object) {
    ResourceType type =
        catalog
            .findKind(
                Values.string(object, "apiVersion").orElse(""),
                Values.string(object, "kind").orElse(""))
            .orElseThrow();
    create(new Target(type, "", "", ""), object, WriteOptions.system("apiserver", "create"));
  }

  public Catalog catalog() {
    return catalog;
  }

  /** What the definition of a custom kind says of its version; empty when that is gone. */
  public Map<String, Object> publishedSchema(ResourceType type) {
    return store
        .latest()
        .find(DefinitionController.key(type))
        .map(definition -> Definition.schema(definition.value(), type.version()))
        .orElse(Map.of());
  }

  public RevisionStore<Map<String, Object>> store() {
    return store;
  }

  /** The clock of creation times. */
  public TimeSource time() {
    return time;
  }

  public Users users() {
    return users;
  }

  public Outcome create(Target target, Map<String, Object> body, WriteOptions options) {
    return target.type().prefix().equals(Binding.PREFIX)
        ? write(
            target,
            options,
            editor -> binding.bind(editor, Binding.target(catalog, target, body), body, options))
        : write(target, options, editor -> creating.create(editor, target, body, options));
  }

  /** Does something with an object, as a POST to {@code eviction} or {@code binding} asks. */
  public Outcome act(Target target, Map<String, Object> body, WriteOptions options) {
    return switch (target.subresource()) {
      case "eviction" ->
          write(target, options, editor -> evicting.evict(editor, target, body, options));
      case "binding" ->
          write(target, options, editor -> binding.bind(editor, target, body, options));
      default -> throw Refusals.methodNotAllowed();
    };
  }

  public Outcome update(Target target, Map<String, Object> body, WriteOptions options) {
    return target.subresource().equals(Scaling.NAME)
        ? write(target, options, editor -> scaling.update(editor, target, body, options))
        : write(target, options, editor -> updating.update(editor, target, body, options));
  }

  public Outcome patch(Target target, Patch patch, WriteOptions options) {
    return target.subresource().equals(Scaling.NAME)
        ? write(target, options, editor -> scaling.patch(editor, target, patch, options))
        : write(target, options, editor -> updating.patch(editor, target, patch, options));
  }

  public Outcome delete(Target target, DeleteOptions wanted, WriteOptions options) {
    return write(target, options, editor -> deleting.delete(editor, target, wanted, options));
  }

  /** Deletes all that is selected, one after the other; with a limit, only so many. */
  public Outcome deleteCollection(
      Target target, ListOptions selection, DeleteOptions wanted, WriteOptions options) {
    selection.check();
    return write(
        target,
        options,
        editor -> {
          Reading.Page page = reading.select(target, selection, editor.now());
          for (Map<String, Object> object : page.objects()) {
            Target one =
                new Target(
                    target.type(), Meta.namespace(object), Meta.name(object), target.subresource());
            deleting.delete(editor, one, wanted, options);
          }
          return Outcome.ok(reading.body(page));
        });
  }

  public Map<String, Object> get(Target target, ListOptions options) {
    resume();
    if (Components.are(target.type())) {
      return Components.get(target);
    }
    Map<String, Object> object = reading.get(target, options);
    return target.subresource().equals(Scaling.NAME) ? Scaling.show(target.type(), object) : object;
  }

  public Map<String, Object> list(Target target, ListOptions options) {
    resume();
    return Components.are(target.type())
        ? Components.list(target.type(), options)
        : reading.list(target, options);
  }

  /**
   * What a list is answered whose revision is forgotten.
   *
   * @param continueToken empty for none
   */
  public static ApiException expired(String continueToken) {
    return Reading.expired(continueToken);
  }

  /** Begins a watch; whoever reads it ends it. */
  public LiveWatch watch(Target target, WatchOptions options) {
    resume();
    return watches.open(target, options);
  }

  /** Sends a bookmark to a watch. */
  public void bookmark(LiveWatch watch) {
    watches.bookmark(watch);
  }

  /** Ends all watches, and lets no time pass for anybody any more. */
  public void endWatches() {
    watches.endAll();
    store.write(
        transaction -> {
          workloads().ifPresent(WorkloadController::rest);
          return true;
        });
  }

  private Outcome write(Target target, WriteOptions options, Function<Editor, Outcome> action) {
    if (target.type().has(Flag.REFUSED)) {
      throw Refusals.notImplemented(
          "writes of %s, which would have to be acted on".formatted(target.type().plural()));
    }
    return store.write(
        transaction -> {
          users.check(options.user());
          Editor editor = new Editor(transaction, users);
          controllers.resume(editor);
          try {
            Outcome outcome = action.apply(editor);
            return new Outcome(
                outcome.code(), shown(target.type(), outcome.body()), outcome.warnings());
          } finally {
            controllers.settle(editor);
          }
        });
  }

  private static Map<String, Object> shown(ResourceType type, Map<String, Object> body) {
    return type.kind().equals(body.get("kind")) ? Versioned.as(type, body) : body;
  }

  private void resume() {
    if (!controllers.resumed()) {
      store.write(
          transaction -> {
            controllers.resume(new Editor(transaction, users));
            return true;
          });
    }
  }

  /** Keeps the catalog in step with the definitions; called under the store's lock. */
  private void follow(Event<Map<String, Object>> event) {
    if (!event.key().startsWith(DEFINITIONS)) {
      return;
    }
    Definition definition = Definition.read(event.after());
    boolean served = event.kind() != Event.Kind.DELETED && Definition.established(event.after());
    catalog =
        served
            ? catalog.with(definition.group(), definition.plural(), definition.types())
            : catalog.without(definition.group(), definition.plural());
    boolean otherwise =
        event.before() != null
            && !Values.at(event.before(), "spec").equals(Values.at(event.after(), "spec"));
    if (event.kind() == Event.Kind.DELETED || otherwise) {
      definition
          .stored()
          .filter(type -> type.custom() && !catalog.hasBuiltIn(type.group(), type.plural()))
          .ifPresent(type -> watches.end(type.prefix()));
    }
  }
}
