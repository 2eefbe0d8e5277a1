package io.terraorbit.foundation.harness.kube;

import io.terraorbit.foundation.errors.AppError;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import io.terraorbit.foundation.harness.environment.ApiControl;
import io.terraorbit.foundation.harness.environment.ObjectRef;
import io.terraorbit.foundation.harness.kube.internal.access.Access;
import io.terraorbit.foundation.harness.kube.internal.access.DefaultRoles;
import io.terraorbit.foundation.harness.kube.internal.access.Users;
import io.terraorbit.foundation.harness.kube.internal.http.HttpServer;
import io.terraorbit.foundation.harness.kube.internal.store.Retention;
import io.terraorbit.foundation.harness.kube.internal.store.RevisionStore;
import io.terraorbit.foundation.harness.kube.internal.store.RevisionUnavailableException;
import io.terraorbit.foundation.harness.kube.internal.tls.Credential;
import io.terraorbit.foundation.harness.kube.internal.tls.Trust;
import io.terraorbit.foundation.harness.kube.internal.verbs.Cluster;
import io.terraorbit.foundation.harness.kube.internal.verbs.Establishing;
import io.terraorbit.foundation.time.Scheduler;
import io.terraorbit.foundation.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The Kubernetes API in this process, on one port of the loopback address, with TLS or without,
 * over HTTP/1.1 or HTTP/2.
 *
 * <p>It keeps every revision up to a bound, so that it can be {@linkplain #fork forked} at any of
 * them. What it does not do it refuses with 501 and a Status that names the feature; the list is
 * the resource {@code unsupported.txt} beside this class. Safe for many threads.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class KubeApiServer implements AutoCloseable {
  /** Sets the chance of request ids apart from that of forks. */
  private static final long AUDIT = 0x5deece66dL;

  private final Builder settings;
  private final long forkSeed;
  private final RevisionStore<Map<String, Object>> store;
  private final Cluster cluster;
  private final StoredObjects objects;
  private final Scheduler scheduler;
  private final Control control;
  private final Trust trust;
  private final HttpServer http;

  private KubeApiServer(Builder settings, RevisionStore<Map<String, Object>> store, boolean fresh) {
    this.settings = settings;
    this.store = store;
    this.forkSeed = settings.random.nextLong();
    Access access = Access.to(store, settings.time, settings.rbac);
    Users users = access.users();
    this.scheduler =
        settings.scheduler == null ? Scheduler.open("foundation-kube-timer") : settings.scheduler;
    this.cluster =
        new Cluster(
            store,
            users,
            settings.time,
            settings.random,
            settings.maxWaitingEvents,
            new Establishing(settings.establishDelay, scheduler),
            settings.workloads);
    this.objects = new StoredObjects(cluster, store);
    this.trust = new Trust(settings.time);
    cluster.trust(() -> trust.authority().certificatePem());
    if (fresh) {
      cluster.bootstrap();
      if (settings.workloads) {
        cluster.bootstrapNode();
      }
      if (settings.rbac) {
        DefaultRoles.read().forEach(cluster::bootstrap);
      }
    }
    this.control = new Control(store, users, settings.time, scheduler, this::drop);
    try {
      this.http =
          new HttpServer(
              settings.port,
              cluster,
              access,
              control.plan(),
              scheduler,
              settings.futureRevisionWait,
              control::rejected,
              new HttpServer.Transport(
                  trust, !settings.tlsOnly, new SplittableRandom(forkSeed ^ AUDIT)));
    } catch (UncheckedIOException e) {
      closeScheduler();
      throw e.getCause() instanceof BindException ? portTaken(settings.port, e) : e;
    }
    if (fresh) {
      cluster.announce("127.0.0.1", http.port());
    }
  }

  /** A server on a free port, with nothing in it but what every cluster has. */
  public static KubeApiServer start() {
    return builder().start();
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * The base URL, without a slash at the end: of plain HTTP, which is faster and needs no trust, or
   * the same as {@link #secureUrl()} of a server that speaks TLS only.
   */
  public URI url() {
    return settings.tlsOnly ? secureUrl() : URI.create("http://127.0.0.1:" + http.port());
  }

  /** The base URL for TLS, on the same port; {@link #certificateAuthority()} vouches for it. */
  public URI secureUrl() {
    return URI.create("https://127.0.0.1:" + http.port());
  }

  /** The certificate, in PEM, of the authority that vouches for this server, and for no other. */
  public String certificateAuthority() {
    return trust.authority().certificatePem();
  }

  /**
   * The bearer token of a user, known to the server from now on; the same user gets the same one. A
   * request without a token is one of {@code system:anonymous}.
   */
  public String token(String user) {
    return token(user, List.of());
  }

  /** As {@link #token(String)}, for a user who is in groups, such as {@code system:masters}. */
  public String token(String user, List<String> groups) {
    return cluster.users().token(user, groups);
  }

  /** A kubeconfig file's text for a user: TLS, the authority's certificate, and a token. */
  public String kubeconfig(String user, String... groups) {
    return Kubeconfig.of(
        secureUrl(), certificateAuthority(), Kubeconfig.token(token(user, List.of(groups))));
  }

  /**
   * As {@link #kubeconfig(String, String...)}, with a client certificate in place of the token.
   *
   * @param groups that the certificate puts the user in
   */
  public String kubeconfigWithCertificate(String user, String... groups) {
    Credential credential = trust.authority().client(user, List.of(groups));
    return Kubeconfig.of(
        secureUrl(),
        certificateAuthority(),
        Kubeconfig.certificate(credential.certificatePem(), credential.keyPem()));
  }

  /**
   * Writes {@link #kubeconfig(String, String...)} to a file that its owner alone may read, in one
   * step.
   *
   * @throws AppException {@code KUBECONFIG_UNWRITABLE} if it cannot be written
   */
  public void writeKubeconfig(Path file, String user, String... groups) {
    Kubeconfig.write(file, kubeconfig(user, groups));
  }

  /** The same API without a socket, for a user. */
  public InProcessApi inProcess(String user) {
    return new InProcessApi(http.inProcess(), token(user));
  }

  public ApiControl control() {
    return control;
  }

  /** The newest revision. */
  public long revision() {
    return store.revision();
  }

  /**
   * A server of its own, on a port of its own, whose state is exactly that of a revision. Nothing
   * that is done to either shows in the other. Users, faults and observers are not taken over. What
   * the server's own controllers had begun goes on with the first request.
   *
   * @throws AppException {@code KUBE_REVISION_GONE} if the revision is not kept
   */
  public KubeApiServer fork(long revision) {
    try {
      return new KubeApiServer(settings.forFork(forkSeed ^ revision), store.fork(revision), false);
    } catch (RevisionUnavailableException e) {
      throw StoredObjects.gone("be forked", e);
    }
  }

  /** The newest state of an object; empty when there is no such object or kind. */
  public Optional<Map<String, Object>> find(ObjectRef object) {
    return objects.find(object);
  }

  /**
   * The state of an object at a revision, of a kind that there is now.
   *
   * @throws AppException {@code KUBE_REVISION_GONE} if the revision is not kept
   */
  public Optional<Map<String, Object>> find(ObjectRef object, long revision) {
    return objects.find(object, revision);
  }

  /**
   * The newest state of all objects of a kind, sorted by namespace and name; empty when there is no
   * such kind. Unlike in the API's lists, each has its apiVersion and kind.
   *
   * @param namespace empty for all
   */
  public List<Map<String, Object>> list(String apiVersion, String kind, String namespace) {
    return objects.list(apiVersion, kind, namespace);
  }

  /**
   * As {@link #list(String, String, String)}, at a revision.
   *
   * @throws AppException {@code KUBE_REVISION_GONE} if the revision is not kept
   */
  public List<Map<String, Object>> list(
      String apiVersion, String kind, String namespace, long revision) {
    return objects.list(apiVersion, kind, namespace, revision);
  }

  /**
   * Ends all watches and connections and frees the port and the threads, within 5 s. Idempotent.
   */
  @Override
  public void close() {
    cluster.endWatches();
    http.close();
    closeScheduler();
  }

  /**
   * What this server does not do, a line for each: how it answers ({@code 501}, {@code absent} or
   * {@code accepted}), a tab, and the feature.
   */
  public static List<String> unsupported() {
    try (InputStream in = KubeApiServer.class.getResourceAsStream("unsupported.txt")) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks unsupported.txt");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The version of Kubernetes that the server says it is. */
  public String version() {
    return HttpServer.VERSION;
  }

  /** Number of watches that are open now. */
  int openWatches() {
    return store.watchers();
  }

  /** Number of connections, or of streams of HTTP/2, that are open now. */
  int openConnections() {
    return http.clients();
  }

  NamespaceAccess namespaces() {
    return new NamespaceAccess(cluster);
  }

  private void drop(String user) {
    http.drop(user);
  }

  private void closeScheduler() {
    if (settings.scheduler == null) {
      scheduler.close();
    }
  }

  private static AppException portTaken(int port, Throwable cause) {
    return new AppException(
        new AppError(
            ErrorKind.UNAVAILABLE,
            "ENV_PORT_TAKEN",
            "the port %d for 'kubernetes' is taken".formatted(port),
            "A free port was expected there",
            "End what listens on it, or choose another port."),
        cause);
  }

  /** How a server is to be. Confined to one thread. */
  public static final class Builder {
    private static final int DEFAULT_REVISIONS_KEPT = 10_000;
    private static final int DEFAULT_MAX_WAITING_EVENTS = 10_000;

    private int port;
    private TimeSource time = TimeSource.system();
    private @Nullable Scheduler scheduler;
    private RandomGenerator random = new SplittableRandom(TimeSource.system().nanoTime());
    private int revisionsKept = DEFAULT_REVISIONS_KEPT;
    private Duration revisionsKeptFor = Retention.FOR_EVER;
    private int maxWaitingEvents = DEFAULT_MAX_WAITING_EVENTS;
    private boolean tlsOnly;
    private boolean rbac;
    private boolean workloads;
    private Duration futureRevisionWait = Duration.ofSeconds(3);
    private Duration establishDelay = Duration.ZERO;

    private Builder() {}

    /** The port to listen on; 0, the default, for any free one. */
    public Builder port(int newPort) {
      port = newPort;
      return this;
    }

    /** The clock of creation and deletion times. */
    public Builder time(TimeSource newTime) {
      time = newTime;
      return this;
    }

    /**
     * Runs the bookmarks and ends of watches; the caller closes it. By default the server's own.
     */
    public Builder scheduler(Scheduler newScheduler) {
      scheduler = newScheduler;
      return this;
    }

    /** Where uids and generated names come from. */
    public Builder random(RandomGenerator newRandom) {
      random = newRandom;
      return this;
    }

    /** How many revisions can be read, watched from and forked at; one or more. */
    public Builder revisionsKept(int count) {
      revisionsKept = count;
      return this;
    }

    /**
     * How long a read waits for a revision that is yet to come before it is refused with 504; zero
     * for not at all. By default 3 s, as on a real server, by the {@linkplain #scheduler
     * scheduler}.
     */
    public Builder futureRevisionWait(Duration wait) {
      if (wait.isNegative()) {
        throw new IllegalArgumentException("a wait is zero or more, got " + wait);
      }
      futureRevisionWait = wait;
      return this;
    }

    /**
     * For how long a revision can be read, watched from and forked at after another took its place;
     * by default for ever. A real server's revisions are gone after five minutes or a little more.
     */
    public Builder revisionsKeptFor(Duration newAge) {
      revisionsKeptFor = newAge;
      return this;
    }

    /**
     * How long after its names are accepted a definition of custom resources is served. By default
     * at once; a real server takes about a second, which clients must wait for. By the {@linkplain
     * #scheduler scheduler}.
     */
    public Builder establishDelay(Duration delay) {
      if (delay.isNegative()) {
        throw new IllegalArgumentException("a delay is zero or more, got " + delay);
      }
      establishDelay = delay;
      return this;
    }

    /** How many events may wait for a slow reader before its watch is ended; one or more. */
    public Builder maxWaitingEvents(int count) {
      maxWaitingEvents = count;
      return this;
    }

    /**
     * Lets Roles and their bindings decide who may do what, as a real cluster does; it begins with
     * the roles that every cluster has, and whoever is in the group {@code system:masters} may do
     * everything. By default everyone may.
     */
    public Builder rbac() {
      rbac = true;
      return this;
    }

    /**
     * Runs the controllers of workloads (Deployments, ReplicaSets, StatefulSets, DaemonSets, Jobs,
     * EndpointSlices, PodDisruptionBudgets), and a node ({@code foundation-node}) that says of Pods
     * that they run, though nothing does. They come to rest within the write that gave them work,
     * before its reply; what takes time goes by the server's clock and scheduler. Annotations make
     * a Pod end or wait: {@code foundation.terraorbit.io/phase}, {@code exit-code} and {@code
     * ready}; the README has their values. Off by default.
     */
    public Builder workloads() {
      workloads = true;
      return this;
    }

    /** Refuses HTTP without TLS, as a real server does. By default one port serves both. */
    public Builder tlsOnly() {
      tlsOnly = true;
      return this;
    }

    /**
     * Starts a server that answers when this returns.
     *
     * @throws AppException {@code ENV_PORT_TAKEN} if the port is taken
     */
    public KubeApiServer start() {
      return new KubeApiServer(
          copy(), new RevisionStore<>(new Retention(revisionsKept, revisionsKeptFor, time)), true);
    }

    private Builder copy() {
      Builder copy = new Builder();
      copy.port = port;
      copy.time = time;
      copy.scheduler = scheduler;
      copy.random = random;
      copy.revisionsKept = revisionsKept;
      copy.revisionsKeptFor = revisionsKeptFor;
      copy.maxWaitingEvents = maxWaitingEvents;
      copy.tlsOnly = tlsOnly;
      copy.rbac = rbac;
      copy.workloads = workloads;
      copy.futureRevisionWait = futureRevisionWait;
      copy.establishDelay = establishDelay;
      return copy;
    }

    private Builder forFork(long seed) {
      return copy().port(0).random(new SplittableRandom(seed));
    }
  }
}
