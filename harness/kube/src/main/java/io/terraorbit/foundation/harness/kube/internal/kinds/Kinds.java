package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import java.util.Map;

/** Finds the rules of a kind, whatever version of it is asked for. */
public final class Kinds {
  /** The qualified name of namespaces. */
  public static final String NAMESPACE = "namespaces";

  /** The qualified name of the definitions of custom resources. */
  public static final String DEFINITION = "customresourcedefinitions.apiextensions.k8s.io";

  private Kinds() {}

  /** The rules of a built-in kind; none of their own for custom resources. */
  public static KindRules of(ResourceType type) {
    return type.custom() ? KindRules.NONE : of(type.prefix());
  }

  /**
   * The object with its defaults.
   *
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 400 if there is a
   *     quantity that is none
   */
  public static Map<String, Object> withDefaults(ResourceType type, Map<String, Object> object) {
    try {
      return of(type).defaults(object);
    } catch (Resources.UnreadableException e) {
      throw Refusals.badRequest(
          "%s in version \"%s\" cannot be handled as a %s: %s"
              .formatted(type.kind(), type.version(), type.kind(), e.getMessage()));
    }
  }

  private static KindRules of(String prefix) {
    return switch (prefix) {
      case "/core/pods/" -> new PodRules();
      case "/core/podtemplates/" -> ClusterRules.POD_TEMPLATE;
      case "/core/replicationcontrollers/" -> new ReplicationControllerRules();
      case "/core/services/" -> new ServiceRules();
      case "/core/endpoints/" -> NetworkRules.ENDPOINTS;
      case "/core/configmaps/" -> ConfigRules.CONFIG_MAP;
      case "/core/secrets/" -> ConfigRules.SECRET;
      case "/core/namespaces/" -> ClusterRules.NAMESPACE;
      case "/core/nodes/" -> ClusterRules.NODE;
      case "/core/events/" -> new EventRules();
      case "/core/persistentvolumes/" -> StorageRules.VOLUME;
      case "/core/persistentvolumeclaims/" -> StorageRules.CLAIM;
      case "/core/resourcequotas/" -> new QuotaRules();
      case "/core/limitranges/" -> new LimitRangeRules();
      case "/apps/deployments/" -> WorkloadRules.DEPLOYMENT;
      case "/apps/replicasets/" -> WorkloadRules.REPLICA_SET;
      case "/apps/statefulsets/" -> WorkloadRules.STATEFUL_SET;
      case "/apps/daemonsets/" -> WorkloadRules.DAEMON_SET;
      case "/apps/controllerrevisions/" -> ClusterRules.CONTROLLER_REVISION;
      case "/batch/jobs/" -> new JobRules();
      case "/batch/cronjobs/" -> new CronJobRules();
      default -> ofOtherGroups(prefix);
    };
  }

  private static KindRules ofOtherGroups(String prefix) {
    return switch (prefix) {
      case "/autoscaling/horizontalpodautoscalers/" -> new AutoscalerRules();
      case "/policy/poddisruptionbudgets/" -> new DisruptionRules();
      case "/networking.k8s.io/ingresses/" -> new IngressRules();
      case "/networking.k8s.io/networkpolicies/" -> NetworkRules.POLICY;
      case "/discovery.k8s.io/endpointslices/" -> NetworkRules.ENDPOINT_SLICE;
      case "/rbac.authorization.k8s.io/roles/" -> RbacRules.ROLE;
      case "/rbac.authorization.k8s.io/clusterroles/" -> RbacRules.CLUSTER_ROLE;
      case "/rbac.authorization.k8s.io/rolebindings/" -> RbacRules.ROLE_BINDING;
      case "/rbac.authorization.k8s.io/clusterrolebindings/" -> RbacRules.CLUSTER_ROLE_BINDING;
      case "/coordination.k8s.io/leases/" -> new LeaseRules();
      case "/scheduling.k8s.io/priorityclasses/" -> ClusterRules.PRIORITY_CLASS;
      case "/storage.k8s.io/storageclasses/" -> StorageRules.CLASS;
      case "/storage.k8s.io/volumeattachments/" -> StorageRules.ATTACHMENT;
      case "/resource.k8s.io/resourceclaims/" -> DeviceRules.CLAIM;
      case "/resource.k8s.io/resourceclaimtemplates/" -> DeviceRules.TEMPLATE;
      case "/flowcontrol.apiserver.k8s.io/flowschemas/" -> FlowRules.SCHEMA;
      case "/flowcontrol.apiserver.k8s.io/prioritylevelconfigurations/" -> FlowRules.LEVEL;
      case "/storage.k8s.io/csidrivers/" -> ClusterRules.CSI_DRIVER;
      case "/node.k8s.io/runtimeclasses/" -> ClusterRules.RUNTIME_CLASS;
      case "/certificates.k8s.io/certificatesigningrequests/" -> new CertificateRules();
      case "/apiextensions.k8s.io/customresourcedefinitions/" -> ClusterRules.DEFINITION;
      default -> KindRules.NONE;
    };
  }
}
