package io.terraorbit.foundation.harness.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Values;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the server refuses in objects of the built-in kinds, in the words of the real one. */
class ValidationTest {
  private static final String APPS = "/apis/apps/v1/namespaces/default/";
  private static final String CORE = "/api/v1/namespaces/default/";
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/namespaces/default/";

  private final KubeApiServer server = KubeApiServer.start();
  private final Api api = new Api(server, "tester");

  @AfterEach
  void close() {
    server.close();
  }

  @Nested
  class Pods {
    @Test
    void needContainers() {
      Api.Answer refused = api.post(CORE + "pods", "{\"metadata\":{\"name\":\"p\"},\"spec\":{}}");

      assertThat(refused.code()).isEqualTo(422);
      assertThat(refused.message())
          .isEqualTo("Pod \"p\" is invalid: spec.containers: Required value");
      assertThat(Values.listAt(refused.body(), "details", "causes").toString())
          .contains("reason=FieldValueRequired", "field=spec.containers");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        value = {
          "'containers':[{'image':'i'}] | spec.containers[0].name: Required value",
          "'containers':[{'name':'a'}] | spec.containers[0].image: Required value",
          "'containers':[{'name':'a','image':'i'},{'name':'a','image':'i'}] | spec.containers[1].name: Duplicate value: \"a\"",
          "'containers':[{'name':'a','image':' i'}] | spec.containers[0].image: Invalid value: \" i\": must not have leading or trailing whitespace",
          "'containers':[{'name':'a','image':'i','imagePullPolicy':'Often'}] | spec.containers[0].imagePullPolicy: Unsupported value: \"Often\": supported values: \"Always\", \"IfNotPresent\", \"Never\"",
          "'containers':[{'name':'a','image':'i','ports':[{'containerPort':70000}]}] | spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive",
          "'containers':[{'name':'a','image':'i','ports':[{}]}] | spec.containers[0].ports[0].containerPort: Required value",
          "'containers':[{'name':'a','image':'i','ports':[{'containerPort':1,'name':'123'}]}] | spec.containers[0].ports[0].name: Invalid value: \"123\": must contain at least one letter (a-z)",
          "'containers':[{'name':'a','image':'i','env':[{'name':'A=B'}]}] | spec.containers[0].env[0].name: Invalid value: \"A=B\": a valid environment variable name must consist only of printable ASCII characters other than '='",
          "'containers':[{'name':'a','image':'i','env':[{'name':'A','value':'x','valueFrom':{'fieldRef':{'fieldPath':'metadata.name'}}}]}] | spec.containers[0].env[0].valueFrom: Invalid value: \"\": may not be specified when `value` is not empty",
          "'containers':[{'name':'a','image':'i','volumeMounts':[{'name':'v','mountPath':'/v'}]}] | spec.containers[0].volumeMounts[0].name: Not found: \"v\"",
          "'containers':[{'name':'a','image':'i','resources':{'limits':{'cpu':'1'},'requests':{'cpu':'2'}}}] | spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1",
          "'containers':[{'name':'a','image':'i','livenessProbe':{}}] | spec.containers[0].livenessProbe: Required value: must specify a handler type",
          "'containers':[{'name':'a','image':'i','livenessProbe':{'tcpSocket':{'port':1},'successThreshold':2}}] | spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1",
          "'volumes':[{'name':'v','secret':{'secretName':'a'},'emptyDir':{}}],C | spec.volumes[0].secret: Forbidden: may not specify more than 1 volume type",
          "'volumes':[{'name':'V'}],C | spec.volumes[0].name: Invalid value: \"V\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
          "'restartPolicy':'Once',C | spec.restartPolicy: Unsupported value: \"Once\": supported values: \"Always\", \"Never\", \"OnFailure\"",
          "'activeDeadlineSeconds':0,C | spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive",
          "'tolerations':[{'key':'k','operator':'Exists','effect':'Run'}],C | spec.tolerations[0].effect: Unsupported value: \"Run\": supported values: \"NoExecute\", \"NoSchedule\", \"PreferNoSchedule\"",
          "'initContainers':[{'name':'i','image':'i','readinessProbe':{'tcpSocket':{'port':1}}}],C | spec.initContainers[0].readinessProbe: Forbidden: may not be set for init containers without restartPolicy=Always",
          "'nodeName':'n','schedulingGates':[{'name':'g'}],C | spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared",
        })
    void areRefused(String spec, String message) {
      String body = spec.replace('\'', '"').replace(",C", "," + Manifests.CONTAINERS);

      Api.Answer refused =
          api.post(CORE + "pods", "{\"metadata\":{\"name\":\"p\"},\"spec\":{%s}}".formatted(body));

      assertThat(refused.message()).isEqualTo("Pod \"p\" is invalid: " + message);
    }

    @Test
    void haveQuantitiesThatCanBeRead() {
      Api.Answer refused =
          api.post(
              CORE + "pods",
              Manifests.pod("p")
                  .replace("\"image\"", "\"resources\":{\"limits\":{\"cpu\":\"x\"}},\"image\""));

      assertThat(refused.code()).isEqualTo(400);
      assertThat(refused.message())
          .isEqualTo(
              "Pod in version \"v1\" cannot be handled as a Pod: quantities must match the regular"
                  + " expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
    }

    @Test
    void changeInFewPlaces() {
      api.post(CORE + "pods", Manifests.pod("p"));
      String pod = CORE + "pods/p";

      Api.Answer image =
          api.jsonPatch(
              pod,
              "[{\"op\":\"replace\",\"path\":\"/spec/containers/0/image\",\"value\":\"i:2\"}]");
      Api.Answer toleration =
          api.jsonPatch(
              pod,
              "[{\"op\":\"add\",\"path\":\"/spec/tolerations/-\",\"value\":{\"operator\":\"Exists\"}}]");
      Api.Answer node = api.merge(pod, "{\"spec\":{\"hostname\":\"h\"}}");
      Api.Answer more =
          api.jsonPatch(
              pod,
              "[{\"op\":\"add\",\"path\":\"/spec/containers/-\",\"value\":{\"name\":\"d\",\"image\":\"i\"}}]");

      assertThat(image.code()).isEqualTo(200);
      assertThat(image.at("metadata", "generation")).isEqualTo("2");
      assertThat(toleration.code()).isEqualTo(200);
      assertThat(node.message())
          .startsWith(
              "Pod \"p\" is invalid: spec: Forbidden: pod updates may not change fields other than"
                  + " `spec.containers[*].image`,`spec.initContainers[*].image`,");
      assertThat(more.message())
          .isEqualTo(
              "Pod \"p\" is invalid: spec.containers: Forbidden: pod updates may not add or remove"
                  + " containers");
    }

    @Test
    void mayOnlyHurryTheirDeadline() {
      api.post(CORE + "pods", Manifests.pod("p", "\"activeDeadlineSeconds\":9,"));
      String pod = CORE + "pods/p";

      assertThat(api.merge(pod, "{\"spec\":{\"activeDeadlineSeconds\":10}}").message())
          .endsWith("Invalid value: 10: must be less than or equal to previous value");
      assertThat(api.merge(pod, "{\"spec\":{\"activeDeadlineSeconds\":null}}").message())
          .endsWith("must not update from a positive integer to nil value");
      assertThat(api.merge(pod, "{\"spec\":{\"activeDeadlineSeconds\":8}}").code()).isEqualTo(200);
    }
  }

  @Nested
  class Workloads {
    @Test
    void needASelectorThatMatches() {
      Api.Answer none =
          api.post(
              APPS + "deployments",
              "{\"metadata\":{\"name\":\"d\"},\"spec\":{" + Manifests.TEMPLATE + "}}");
      Api.Answer empty =
          api.post(
              APPS + "daemonsets",
              "{\"metadata\":{\"name\":\"d\"},\"spec\":{\"selector\":{},"
                  + Manifests.TEMPLATE
                  + "}}");
      Api.Answer bad =
          api.post(
              APPS + "replicasets",
              Manifests.deployment("d")
                  .replace(
                      "\"matchLabels\":{\"a\":\"b\"}",
                      "\"matchExpressions\":[{\"key\":\"a\",\"operator\":\"In\"}]"));

      assertThat(none.message())
          .isEqualTo(
              "Deployment.apps \"d\" is invalid: [spec.selector: Required value,"
                  + " spec.template.metadata.labels: Invalid value: {\"a\":\"b\"}: `selector` does"
                  + " not match template `labels`]");
      assertThat(empty.message())
          .isEqualTo(
              "DaemonSet.apps \"d\" is invalid: spec.selector: Invalid value: {}: empty selector is"
                  + " invalid for daemonset");
      assertThat(bad.message())
          .contains(
              "spec.selector.matchExpressions[0].values: Required value: must be specified when"
                  + " `operator` is 'In' or 'NotIn'");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        value = {
          "deployments | 'replicas':-1 | spec.replicas: Invalid value: -1: must be greater than or equal to 0",
          "deployments | 'strategy':{'type':'Recreate','rollingUpdate':{'maxSurge':1}} | spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'",
          "deployments | 'strategy':{'rollingUpdate':{'maxSurge':0,'maxUnavailable':'0%'}} | spec.strategy.rollingUpdate.maxUnavailable: Invalid value: \"0%\": may not be 0 when `maxSurge` is 0",
          "deployments | 'strategy':{'rollingUpdate':{'maxSurge':'x'}} | spec.strategy.rollingUpdate.maxSurge: Invalid value: \"x\": a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
          "deployments | 'progressDeadlineSeconds':5,'minReadySeconds':5 | spec.progressDeadlineSeconds: Invalid value: 5: must be greater than minReadySeconds",
          "statefulsets | 'podManagementPolicy':'Any' | spec.podManagementPolicy: Unsupported value: \"Any\": supported values: \"OrderedReady\", \"Parallel\"",
          "statefulsets | 'updateStrategy':{'type':'x'} | spec.updateStrategy: Invalid value: {\"type\":\"x\"}: must be 'RollingUpdate' or 'OnDelete'",
          "daemonsets | 'updateStrategy':{'type':'x'} | spec.updateStrategy.type: Unsupported value: \"x\": supported values: \"OnDelete\", \"RollingUpdate\"",
        })
    void areRefused(String plural, String spec, String message) {
      Api.Answer refused =
          api.post(APPS + plural, Manifests.deployment("d", spec.replace('\'', '"') + ","));

      assertThat(refused.message()).endsWith("\"d\" is invalid: " + message);
    }

    @Test
    void runPodsThatStay() {
      assertThat(
              api.post(
                      APPS + "deployments",
                      Manifests.deployment("d")
                          .replace(
                              "{\"containers\"", "{\"restartPolicy\":\"Never\",\"containers\""))
                  .message())
          .endsWith(
              "spec.template.spec.restartPolicy: Unsupported value: \"Never\": supported values:"
                  + " \"Always\"");
    }

    @Test
    void keepTheFixedPartsOfAStatefulSet() {
      api.post(APPS + "statefulsets", Manifests.deployment("s"));

      assertThat(api.merge(APPS + "statefulsets/s", "{\"spec\":{\"serviceName\":\"x\"}}").message())
          .startsWith(
              "StatefulSet.apps \"s\" is invalid: spec: Forbidden: updates to statefulset spec for"
                  + " fields other than 'replicas',");
      assertThat(api.merge(APPS + "statefulsets/s", "{\"spec\":{\"replicas\":3}}").code())
          .isEqualTo(200);
    }

    @Test
    void countAnnotationsOfDeploymentsAsANewGeneration() {
      api.post(APPS + "deployments", Manifests.deployment("d"));

      assertThat(
              api.merge(APPS + "deployments/d", "{\"metadata\":{\"annotations\":{\"a\":\"b\"}}}")
                  .at("metadata", "generation"))
          .isEqualTo("2");
    }

    @Test
    void keepJobsAsTheyAre() {
      String jobs = "/apis/batch/v1/namespaces/default/jobs";
      api.post(jobs, Manifests.job("j"));
      api.post(jobs, Manifests.job("later", "\"suspend\":true,"));
      String labels = "{\"spec\":{\"template\":{\"metadata\":{\"labels\":{\"x\":\"y\"}}}}}";

      assertThat(api.merge(jobs + "/j", labels).message())
          .startsWith("Job.batch \"j\" is invalid: spec.template: Invalid value: {")
          .endsWith("}: field is immutable");
      assertThat(api.merge(jobs + "/j", "{\"spec\":{\"completions\":2}}").message())
          .endsWith("spec.completions: Invalid value: 2: field is immutable");
      assertThat(api.merge(jobs + "/later", labels).code()).isEqualTo(200);
      assertThat(api.post(jobs, Manifests.job("x").replace("Never", "Always")).message())
          .endsWith(
              "spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\","
                  + " \"Never\"");
    }

    @Test
    void readSchedules() {
      String body =
          "{\"metadata\":{\"name\":\"c\"},\"spec\":{\"schedule\":\"%s\",\"jobTemplate\":"
              + Manifests.job("x").replace("\"metadata\":{\"name\":\"x\"},", "")
              + "}}";
      String crons = "/apis/batch/v1/namespaces/default/cronjobs";

      assertThat(api.post(crons, body.formatted("61 * * * *")).message())
          .endsWith(
              "spec.schedule: Invalid value: \"61 * * * *\": end of range (61) above maximum (59):"
                  + " 61");
      assertThat(api.post(crons, body.formatted("")).message())
          .endsWith("spec.schedule: Required value");
      assertThat(api.post(crons, body.formatted("TZ=UTC * * * * *")).message())
          .endsWith("cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
      assertThat(
              api.post(
                      crons,
                      body.formatted("* * * * *").replace("\"c\"", "\"" + "c".repeat(53) + "\""))
                  .message())
          .contains("must be no more than 52 characters");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "services | 'spec':{} | Service \"x\" is invalid: spec.ports: Required value",
        "services | 'spec':{'ports':[{'port':0}]} | Service \"x\" is invalid: [spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive, spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive]",
        "services | 'spec':{'ports':[{'port':1,'name':'a'},{'port':1,'name':'b'}]} | Service \"x\" is invalid: spec.ports[1]: Duplicate value: {\"port\":1,\"protocol\":\"TCP\"}",
        "services | 'spec':{'ports':[{'port':1},{'port':2}]} | Service \"x\" is invalid: [spec.ports[0].name: Required value, spec.ports[1].name: Required value]",
        "services | 'spec':{'type':'Magic','ports':[{'port':1}]} | Service \"x\" is invalid: spec.type: Unsupported value: \"Magic\": supported values: \"ClusterIP\", \"ExternalName\", \"LoadBalancer\", \"NodePort\"",
        "services | 'spec':{'type':'ExternalName'} | Service \"x\" is invalid: spec.externalName: Required value",
        "services | 'spec':{'ports':[{'port':1,'nodePort':30000}]} | Service \"x\" is invalid: spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
        "secrets | 'type':'kubernetes.io/tls' | Secret \"x\" is invalid: [data[tls.crt]: Required value, data[tls.key]: Required value]",
        "secrets | 'data':{'a/b':''} | Secret \"x\" is invalid: data[a/b]: Invalid value: \"a/b\": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
        "secrets | 'type':'kubernetes.io/basic-auth' | Secret \"x\" is invalid: [data[username]: Required value, data[password]: Required value]",
        "secrets | 'type':'kubernetes.io/service-account-token' | Secret \"x\" is invalid: metadata.annotations[kubernetes.io/service-account.name]: Required value",
        "configmaps | 'data':{'..x':'1'} | ConfigMap \"x\" is invalid: data[..x]: Invalid value: \"..x\": must not start with '..'",
        "configmaps | 'data':{'x':'1'},'binaryData':{'x':'MQ=='} | ConfigMap \"x\" is invalid: data[x]: Invalid value: \"x\": duplicate of key present in binaryData",
        "persistentvolumeclaims | 'spec':{} | PersistentVolumeClaim \"x\" is invalid: [spec.accessModes: Required value: at least 1 access mode is required, spec.resources[storage]: Required value]",
        "persistentvolumeclaims | 'spec':{'accessModes':['Any'],'resources':{'requests':{'storage':'0'}}} | PersistentVolumeClaim \"x\" is invalid: [spec.accessModes: Unsupported value: \"Any\": supported values: \"ReadOnlyMany\", \"ReadWriteMany\", \"ReadWriteOnce\", \"ReadWriteOncePod\", spec.resources[storage]: Invalid value: \"0\": must be greater than zero]",
        "resourcequotas | 'spec':{'hard':{'bananas':'1','pods':'-1'}} | ResourceQuota \"x\" is invalid: [spec.hard[bananas]: Invalid value: \"bananas\": must be a standard resource type or fully qualified, spec.hard[bananas]: Invalid value: \"bananas\": must be a standard resource for quota, spec.hard[pods]: Invalid value: \"-1\": must be greater than or equal to 0]",
        "resourcequotas | 'spec':{'scopes':['BestEffort','NotBestEffort']} | ResourceQuota \"x\" is invalid: spec.scopes: Invalid value: [\"BestEffort\",\"NotBestEffort\"]: conflicting scopes",
        "limitranges | 'spec':{'limits':[{'type':'Container','min':{'cpu':'2'},'max':{'cpu':'1'}}]} | LimitRange \"x\" is invalid: [spec.limits[0].min[cpu]: Invalid value: \"2\": min value 2 is greater than max value 1, spec.limits[0].defaultRequest[cpu]: Invalid value: \"1\": min value 2 is greater than default request value 1, spec.limits[0].default[cpu]: Invalid value: \"2\": min value 2 is greater than default value 1]",
        "replicationcontrollers | 'spec':{} | ReplicationController \"x\" is invalid: [spec.selector: Required value, spec.template: Required value]",
        "podtemplates | 'template':{} | PodTemplate \"x\" is invalid: template.spec.containers: Required value",
        "events | 'involvedObject':{'namespace':'other'} | Event \"x\" is invalid: involvedObject.namespace: Invalid value: \"other\": does not match event.namespace",
      })
  void coreObjectsAreRefused(String plural, String content, String message) {
    assertThat(api.post(CORE + plural, object(content)).message()).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "networking.k8s.io/v1/namespaces/default/ingresses | 'spec':{} | spec: Invalid value: {}: either `defaultBackend` or `rules` must be specified",
        "networking.k8s.io/v1/namespaces/default/ingresses | 'spec':{'rules':[{'http':{'paths':[{'path':'x','pathType':'Prefix','backend':{'service':{'name':'s'}}}]}}]} | spec.rules[0].http.paths[0].path: Invalid value: \"x\": must be an absolute path, spec.rules[0].http.paths[0].backend: Required value: port name or number is required",
        "networking.k8s.io/v1/namespaces/default/ingresses | 'spec':{'rules':[{'http':{'paths':[{'path':'/','backend':{}}]}}]} | spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified, spec.rules[0].http.paths[0].backend: Required value: resource or service backend is required",
        "networking.k8s.io/v1/namespaces/default/ingresses | 'spec':{'defaultBackend':{'service':{'name':'1s','port':{'number':1}}}} | spec.defaultBackend.service.name: Invalid value: \"1s\": a DNS-1035 label",
        "networking.k8s.io/v1/namespaces/default/networkpolicies | 'spec':{'policyTypes':['Both'],'ingress':[{'ports':[{'protocol':'X'}]}]} | spec.policyTypes[0]: Unsupported value: \"Both\": supported values: \"Egress\", \"Ingress\", spec.ingress[0].ports[0].protocol: Unsupported value: \"X\"",
        "autoscaling/v2/namespaces/default/horizontalpodautoscalers | 'spec':{'minReplicas':5,'maxReplicas':3,'scaleTargetRef':{'kind':'D'}} | spec.maxReplicas: Invalid value: 3: must be greater than or equal to `minReplicas`, spec.scaleTargetRef.name: Required value",
        "autoscaling/v2/namespaces/default/horizontalpodautoscalers | 'spec':{'minReplicas':0,'scaleTargetRef':{'kind':'D','name':'d'}} | spec.minReplicas: Invalid value: 0: must be greater than or equal to 1, spec.maxReplicas: Invalid value: 0: must be greater than 0",
        "policy/v1/namespaces/default/poddisruptionbudgets | 'spec':{'minAvailable':1,'maxUnavailable':'x'} | minAvailable and maxUnavailable cannot be both set, spec.maxUnavailable: Invalid value: \"x\"",
        "rbac.authorization.k8s.io/v1/namespaces/default/roles | 'rules':[{'verbs':['get']}] | rules[0].apiGroups: Required value: resource rules must supply at least one api group, rules[0].resources: Required value: resource rules must supply at least one resource",
        "rbac.authorization.k8s.io/v1/namespaces/default/roles | 'rules':[{'verbs':[],'nonResourceURLs':['/x']}] | rules[0].verbs: Required value: verbs must contain at least one value, rules[0].nonResourceURLs: Invalid value: [\"/x\"]: namespaced rules cannot apply to non-resource URLs",
        "rbac.authorization.k8s.io/v1/clusterroles | 'rules':[{'verbs':['get'],'resources':['a'],'nonResourceURLs':['/x']}] | rules cannot apply to both regular resources and non-resource URLs",
        "rbac.authorization.k8s.io/v1/clusterrolebindings | 'roleRef':{'kind':'Role'},'subjects':[{'kind':'ServiceAccount','name':'s'},{'kind':'Robot','name':'r'}] | roleRef.kind: Unsupported value: \"Role\": supported values: \"ClusterRole\", roleRef.name: Required value, subjects[0].namespace: Required value, subjects[1].kind: Unsupported value: \"Robot\": supported values: \"Group\", \"ServiceAccount\", \"User\"",
        "coordination.k8s.io/v1/namespaces/default/leases | 'spec':{'leaseDurationSeconds':0,'leaseTransitions':-1} | spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0, spec.leaseTransitions: Invalid value: -1: must be greater than or equal to 0",
        "scheduling.k8s.io/v1/priorityclasses | 'value':2000000000 | value: Forbidden: maximum allowed value of a user defined priority is 1000000000",
        "storage.k8s.io/v1/storageclasses | 'volumeBindingMode':'Never' | provisioner: Required value, volumeBindingMode: Unsupported value: \"Never\"",
        "node.k8s.io/v1/runtimeclasses | 'handler':'' | handler: Required value",
        "discovery.k8s.io/v1/namespaces/default/endpointslices | 'endpoints':[{'addresses':[]}] | addressType: Required value, endpoints[0].addresses: Required value: must contain at least 1 address",
        "apps/v1/namespaces/default/controllerrevisions | 'revision':-1 | data: Required value: data is mandatory, revision: Invalid value: -1: must be greater than or equal to 0",
        "certificates.k8s.io/v1/certificatesigningrequests | 'spec':{'request':'eA==','signerName':'me'} | spec.request: Invalid value: \"eA==\": PEM block type must be CERTIFICATE REQUEST, spec.signerName: Invalid value: \"me\": must be a fully qualified domain",
      })
  void objectsOfOtherGroupsAreRefused(String path, String content, String message) {
    Api.Answer refused = api.post("/apis/" + path, object(content));

    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.message()).contains(message);
  }

  @Test
  void whatMustNotChangeDoesNot() {
    String classes = "/apis/storage.k8s.io/v1/storageclasses";
    api.post(classes, object("'provisioner':'p'"));
    api.post(
        CORE + "persistentvolumeclaims",
        object(
            "'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}"));
    api.post(RBAC + "rolebindings", object("'roleRef':{'kind':'Role','name':'r'}"));
    api.post(
        "/api/v1/persistentvolumes",
        object(
            "'spec':{'accessModes':['ReadWriteOnce'],'capacity':{'storage':'1Gi'},'nfs':{'server':'s','path':'/p'}}"));
    api.post("/apis/scheduling.k8s.io/v1/priorityclasses", object("'value':1"));
    api.post("/apis/node.k8s.io/v1/runtimeclasses", object("'handler':'h'"));
    api.post(CORE + "resourcequotas", object("'spec':{'scopes':['BestEffort']}"));

    assertThat(
            api.merge(classes + "/x", "{\"provisioner\":\"q\",\"parameters\":{\"a\":\"b\"}}")
                .message())
        .endsWith(
            "[parameters: Forbidden: updates to parameters are forbidden., provisioner: Forbidden:"
                + " updates to provisioner are forbidden.]");
    assertThat(
            api.merge(
                    CORE + "persistentvolumeclaims/x",
                    "{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"2Gi\"}}}}")
                .message())
        .contains(
            "spec: Forbidden: spec is immutable after creation except resources.requests and"
                + " volumeAttributesClassName for bound claims");
    assertThat(api.merge(RBAC + "rolebindings/x", "{\"roleRef\":{\"name\":\"s\"}}").message())
        .endsWith("cannot change roleRef");
    assertThat(
            api.merge("/api/v1/persistentvolumes/x", "{\"spec\":{\"nfs\":{\"path\":\"/q\"}}}")
                .message())
        .endsWith("spec.persistentvolumesource is immutable after creation");
    assertThat(api.merge("/apis/scheduling.k8s.io/v1/priorityclasses/x", "{\"value\":2}").message())
        .endsWith("value: Forbidden: may not be changed in an update.");
    assertThat(api.merge("/apis/node.k8s.io/v1/runtimeclasses/x", "{\"handler\":\"i\"}").message())
        .contains("handler: Invalid value: \"i\": field is immutable");
    assertThat(
            api.merge(CORE + "resourcequotas/x", "{\"spec\":{\"scopes\":[\"Terminating\"]}}")
                .message())
        .contains("spec.scopes: Invalid value: [\"Terminating\"]: field is immutable");
  }

  @Test
  void boundClaimsGrowAndNeverShrink() {
    String claims = CORE + "persistentvolumeclaims";
    api.post(
        claims,
        object(
            "'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}"));
    api.merge(claims + "/x/status", "{\"status\":{\"phase\":\"Bound\"}}");
    String size = "{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"%s\"}}}}";

    assertThat(api.merge(claims + "/x", size.formatted("2Gi")).code()).isEqualTo(200);
    assertThat(api.merge(claims + "/x", size.formatted("1Gi")).message())
        .contains("field can not be less than status.capacity");
  }

  @Test
  void listsCausesInTheOrderOfTheText() {
    Api.Answer refused = api.post(CORE + "services", object("'spec':{'ports':[{'port':0}]}"));

    List<Object> causes = Values.listAt(refused.body(), "details", "causes");
    assertThat(causes)
        .extracting(cause -> Values.string(cause, "field").orElse(""))
        .containsExactly("spec.ports[0].port", "spec.ports[0].targetPort");
    assertThat(refused.at("details", "kind")).isEqualTo("Service");
  }

  private static String object(String content) {
    return "{\"metadata\":{\"name\":\"x\"},%s}".formatted(content.replace('\'', '"'));
  }

  @Test
  void aServiceAccountInARoleBindingNeedsNoNamespace() {
    Api.Answer made =
        api.post(
            "/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings",
            "{\"metadata\":{\"name\":\"b\"},\"roleRef\":{\"kind\":\"Role\",\"name\":\"r\"},"
                + "\"subjects\":[{\"kind\":\"ServiceAccount\",\"name\":\"s\"}]}");

    assertThat(made.code()).as(made.text()).isEqualTo(201);
  }
}
