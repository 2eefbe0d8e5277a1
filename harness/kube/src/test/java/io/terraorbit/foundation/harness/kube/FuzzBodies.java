package io.terraorbit.foundation.harness.kube;

import io.terraorbit.foundation.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Objects that are right, to be made wrong. */
final class FuzzBodies {
  private static final String META =
      "'metadata':{'name':'a','labels':{'a':'b'},'annotations':{'x':'y'},'finalizers':['ex.io/f'],"
          + "'ownerReferences':[{'apiVersion':'v1','kind':'ConfigMap','name':'a','uid':'u'}]}";
  private static final String TEMPLATE =
      "'template':{'metadata':{'labels':{'a':'b'}},'spec':{'restartPolicy':'%s',"
          + "'containers':[{'name':'c','image':'i','ports':[{'containerPort':80,'name':'p'}],"
          + "'resources':{'requests':{'cpu':'1','memory':'1Gi'},'limits':{'cpu':'2'}},"
          + "'env':[{'name':'E','value':'v'}],"
          + "'volumeMounts':[{'name':'v','mountPath':'/m'}]}],"
          + "'volumes':[{'name':'v','emptyDir':{}}]}}";
  private static final List<String> ALL =
      List.of(
          "{'apiVersion':'v1','kind':'ConfigMap',META,'data':{'k':'v'},'binaryData':{'b':'AAA='},"
              + "'immutable':false}",
          "{'apiVersion':'v1','kind':'Secret',META,'type':'Opaque','stringData':{'k':'v'}}",
          "{'apiVersion':'v1','kind':'Pod',META,'spec':{'restartPolicy':'Always',"
              + "'containers':[{'name':'c','image':'i'}]}}",
          "{'apiVersion':'v1','kind':'Service',META,'spec':{'type':'NodePort','selector':{'a':'b'},"
              + "'ports':[{'port':80,'targetPort':'p','protocol':'TCP','name':'h'}],"
              + "'clusterIP':'10.96.0.9','ipFamilies':['IPv4']}}",
          "{'apiVersion':'v1','kind':'Namespace','metadata':{'generateName':'n-'},"
              + "'spec':{'finalizers':['kubernetes']}}",
          "{'apiVersion':'v1','kind':'ResourceQuota',META,'spec':{'hard':{'pods':'9',"
              + "'requests.cpu':'1','count/configmaps':'500'},'scopes':['BestEffort']}}",
          "{'apiVersion':'v1','kind':'LimitRange',META,'spec':{'limits':[{'type':'Container',"
              + "'max':{'cpu':'2'},'min':{'cpu':'1m'},'default':{'cpu':'1'}}]}}",
          "{'apiVersion':'v1','kind':'Event',META,'involvedObject':{'kind':'Pod','name':'a',"
              + "'namespace':'default'},'reason':'r','type':'Normal','count':1}",
          "{'apiVersion':'apps/v1','kind':'Deployment',META,'spec':{'replicas':1,"
              + "'selector':{'matchLabels':{'a':'b'},'matchExpressions':[{'key':'a','operator':'In',"
              + "'values':['b']}]},'strategy':{'type':'RollingUpdate','rollingUpdate':"
              + "{'maxSurge':'25%','maxUnavailable':1}},"
              + TEMPLATE.formatted("Always")
              + "}}",
          "{'apiVersion':'apps/v1','kind':'StatefulSet',META,'spec':{'serviceName':'s',"
              + "'selector':{'matchLabels':{'a':'b'}},"
              + TEMPLATE.formatted("Always")
              + "}}",
          "{'apiVersion':'batch/v1','kind':'Job',META,'spec':{'backoffLimit':1,"
              + TEMPLATE.formatted("Never")
              + "}}",
          "{'apiVersion':'batch/v1','kind':'CronJob',META,'spec':{'schedule':'* * * * *',"
              + "'jobTemplate':{'spec':{"
              + TEMPLATE.formatted("Never")
              + "}}}}",
          "{'apiVersion':'autoscaling/v2','kind':'HorizontalPodAutoscaler',META,'spec':"
              + "{'scaleTargetRef':{'apiVersion':'apps/v1','kind':'Deployment','name':'a'},"
              + "'minReplicas':1,'maxReplicas':3,'metrics':[{'type':'Resource','resource':"
              + "{'name':'cpu','target':{'type':'Utilization','averageUtilization':50}}}]}}",
          "{'apiVersion':'autoscaling/v1','kind':'Scale',META,'spec':{'replicas':2}}",
          "{'apiVersion':'policy/v1','kind':'PodDisruptionBudget',META,'spec':"
              + "{'minAvailable':'50%','selector':{'matchLabels':{'a':'b'}}}}",
          "{'apiVersion':'policy/v1','kind':'Eviction',META,'deleteOptions':{'gracePeriodSeconds':0}}",
          "{'apiVersion':'coordination.k8s.io/v1','kind':'Lease',META,'spec':{'holderIdentity':'h',"
              + "'leaseDurationSeconds':15,'renewTime':'2026-01-01T00:00:00.000000Z'}}",
          "{'apiVersion':'networking.k8s.io/v1','kind':'Ingress',META,'spec':{'rules':[{'host':'h.x',"
              + "'http':{'paths':[{'path':'/','pathType':'Prefix','backend':{'service':{'name':'s',"
              + "'port':{'number':80}}}}]}}]}}",
          "{'apiVersion':'rbac.authorization.k8s.io/v1','kind':'ClusterRole',META,'rules':"
              + "[{'apiGroups':[''],'resources':['pods'],'verbs':['get']}]}",
          "{'apiVersion':'rbac.authorization.k8s.io/v1','kind':'RoleBinding',META,'roleRef':"
              + "{'apiGroup':'rbac.authorization.k8s.io','kind':'Role','name':'r'},'subjects':"
              + "[{'kind':'User','name':'u','apiGroup':'rbac.authorization.k8s.io'}]}",
          "{'apiVersion':'authentication.k8s.io/v1','kind':'TokenReview','spec':{'token':'t'}}",
          "{'apiVersion':'authentication.k8s.io/v1','kind':'TokenRequest','spec':"
              + "{'audiences':['x'],'expirationSeconds':3600}}",
          "{'apiVersion':'authorization.k8s.io/v1','kind':'SelfSubjectAccessReview','spec':"
              + "{'resourceAttributes':{'verb':'get','resource':'pods','namespace':'default'}}}",
          "{'apiVersion':'apiextensions.k8s.io/v1','kind':'CustomResourceDefinition',"
              + "'metadata':{'name':'foos.ex.io'},'spec':{'group':'ex.io','scope':'Namespaced',"
              + "'names':{'plural':'foos','singular':'foo','kind':'Foo','listKind':'FooList',"
              + "'shortNames':['fo'],'categories':['all']},'versions':[{'name':'v1','served':true,"
              + "'storage':true,'subresources':{'status':{},'scale':{'specReplicasPath':"
              + "'.spec.replicas','statusReplicasPath':'.status.replicas'}},"
              + "'selectableFields':[{'jsonPath':'.spec.mode'}],'additionalPrinterColumns':"
              + "[{'name':'Mode','type':'string','jsonPath':'.spec.mode'}],'schema':"
              + "{'openAPIV3Schema':{'type':'object','properties':{'spec':{'type':'object',"
              + "'required':['mode'],'properties':{'mode':{'type':'string','enum':['A','B'],"
              + "'default':'A','pattern':'^[A-Z]$'},'replicas':{'type':'integer','minimum':1,"
              + "'format':'int32'},'any':{'x-kubernetes-preserve-unknown-fields':true},"
              + "'list':{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':"
              + "['k'],'items':{'type':'object','required':['k'],'properties':{'k':{'type':'string'}"
              + "}}},'port':{'x-kubernetes-int-or-string':true}}},'status':{'type':'object',"
              + "'x-kubernetes-preserve-unknown-fields':true}}}}}]}}",
          "{'apiVersion':'ex.io/v1','kind':'Foo',META,'spec':{'mode':'A','replicas':2,"
              + "'list':[{'k':'x'},{'k':'y'}],'port':'http','any':{'deep':[1,2]}}}",
          "{'apiVersion':'v1','kind':'DeleteOptions','propagationPolicy':'Background',"
              + "'preconditions':{'uid':'u','resourceVersion':'1'},'gracePeriodSeconds':1}");

  private static final Set<String> CLUSTER_SCOPED =
      Set.of(
          "Namespace",
          "ClusterRole",
          "TokenReview",
          "SelfSubjectAccessReview",
          "CustomResourceDefinition");

  private FuzzBodies() {}

  /** Where objects of a body's kind are. */
  static String collection(Map<String, Object> body) {
    String version = String.valueOf(body.get("apiVersion"));
    String kind = String.valueOf(body.get("kind"));
    String plural = kind.toLowerCase(Locale.ROOT) + (kind.endsWith("s") ? "es" : "s");
    return (version.contains("/") ? "/apis/" : "/api/")
        + version
        + (CLUSTER_SCOPED.contains(kind) ? "/" : "/namespaces/default/")
        + plural;
  }

  static List<Map<String, Object>> all() {
    return ALL.stream()
        .map(text -> Json.readObject(text.replace("META", META).replace('\'', '"')))
        .toList();
  }
}
