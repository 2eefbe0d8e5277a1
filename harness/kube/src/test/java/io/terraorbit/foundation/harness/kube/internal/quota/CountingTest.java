package io.terraorbit.foundation.harness.kube.internal.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What single objects count for. */
class CountingTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");

  @Nested
  class Pods {
    private final PodCounting counting = new PodCounting(InstantSource.fixed(NOW));

    @Test
    void countTheirOverheadAndForLimitsOnlyWhatIsLimited() {
      assertThat(
              usage(
                  "{'spec':{'overhead':{'cpu':'250m','memory':'64Mi'},'containers':[{'resources':"
                      + "{'requests':{'cpu':'1'},'limits':{'memory':'1Gi'}}}]}}"))
          .isEqualTo(
              "count/pods=1,cpu=1250m,limits.memory=1088Mi,memory=64Mi,pods=1,requests.cpu=1250m,"
                  + "requests.memory=64Mi");
    }

    @Test
    void countWhatAContainerStillHoldsWhileItIsResized() {
      assertThat(
              usage(
                  "{'spec':{'containers':[{'name':'c','resources':{'requests':{'cpu':'1'}}}]},"
                      + "'status':{'containerStatuses':[{'name':'c','allocatedResources':"
                      + "{'cpu':'2'},'resources':{'requests':{'cpu':'1500m'}}}]}}"))
          .isEqualTo("count/pods=1,cpu=2,pods=1,requests.cpu=2");
    }

    @Test
    void countWhatThePodItselfSaysInsteadOfItsContainers() {
      assertThat(
              usage(
                  "{'spec':{'resources':{'requests':{'cpu':'3','nvidia.com/gpu':'9'},'limits':"
                      + "{'cpu':'4'}},'containers':[{'resources':{'requests':{'cpu':'1'}}}]}}"))
          .isEqualTo("count/pods=1,cpu=3,limits.cpu=4,pods=1,requests.cpu=3");
    }

    @Test
    void countNoMoreOnceTheyHaveEnded() {
      assertThat(usage("{'status':{'phase':'Failed'}}")).isEqualTo("count/pods=1");
      assertThat(usage("{'status':{'phase':'Succeeded'}}")).isEqualTo("count/pods=1");
      assertThat(usage("{'status':{'phase':'Running'}}")).isEqualTo("count/pods=1,pods=1");
    }

    @Test
    void countNoMoreOnceTheyShouldHaveBeenGoneForTheirGrace() {
      String leaving = "{'metadata':{'deletionTimestamp':'%s','deletionGracePeriodSeconds':30}}";

      assertThat(usage(leaving.formatted("2026-01-01T00:00:30Z"))).isEqualTo("count/pods=1,pods=1");
      assertThat(usage(leaving.formatted("2026-01-01T00:00:29Z"))).isEqualTo("count/pods=1");
      assertThat(usage(leaving.formatted("soon"))).isEqualTo("count/pods=1,pods=1");
      assertThat(usage("{'metadata':{'deletionTimestamp':'2020-01-01T00:00:00Z'}}"))
          .isEqualTo("count/pods=1,pods=1");
    }

    @Test
    void areOfBestEffortByTheirStatusOrByWhatTheyAskFor() {
      Scope best = new Scope("BestEffort", "Exists", Set.of());

      assertThat(counting.inScope(best, json("{'status':{'qosClass':'BestEffort'}}"))).isTrue();
      assertThat(counting.inScope(best, json("{'status':{'qosClass':'Burstable'}}"))).isFalse();
      assertThat(counting.inScope(best, json("{'spec':{'resources':{'limits':{'memory':'1'}}}}")))
          .isFalse();
      assertThat(
              counting.inScope(
                  best,
                  json(
                      "{'spec':{'containers':[{'resources':{'requests':{'cpu':'0',"
                          + "'ephemeral-storage':'1'}}}]}}")))
          .isTrue();
      assertThat(
              counting.inScope(
                  best, json("{'spec':{'initContainers':[{'resources':{'limits':{'cpu':'1'}}}]}}")))
          .isFalse();
    }

    @Test
    void areInNoScopeThatIsNotOfPods() {
      assertThat(counting.inScope(new Scope("VolumeAttributesClass", "Exists", Set.of()), Map.of()))
          .isFalse();
    }

    @Test
    void areCountedByNamesOfTheirResources() {
      assertThat(counting.counts("requests.nvidia.com/gpu")).isTrue();
      assertThat(counting.counts("requests.hugepages-2Mi")).isTrue();
      assertThat(counting.counts("nvidia.com/gpu")).isFalse();
      assertThat(counting.counts("requests.storage")).isFalse();
      assertThat(counting.counts("requests.kubernetes.io/x")).isFalse();
      assertThat(counting.onUpdate("resize")).isTrue();
      assertThat(counting.onUpdate("")).isFalse();
    }

    private String usage(String pod) {
      return counting.usage(json(pod)).toString();
    }
  }

  @Nested
  class VolumeClaims {
    private final VolumeClaimCounting counting = new VolumeClaimCounting();

    @Test
    void countWhatIsSetAsideIfItIsMoreAndWholeBytes() {
      String claim =
          "{'spec':{'resources':{'requests':{'storage':'%s'}}},'status':{'allocatedResources':"
              + "{'storage':'2Gi'}}}";

      assertThat(counting.usage(json(claim.formatted("1Gi"))).toString())
          .isEqualTo(
              "count/persistentvolumeclaims=1,persistentvolumeclaims=1,requests.storage=2Gi");
      assertThat(counting.usage(json(claim.formatted("3000000000500m"))).toString())
          .endsWith("requests.storage=3000000001");
      assertThat(counting.usage(Map.of()).toString())
          .isEqualTo("count/persistentvolumeclaims=1,persistentvolumeclaims=1");
    }

    @Test
    void areOfTheClassThatTheOldAnnotationNames() {
      assertThat(
              counting
                  .usage(
                      json(
                          "{'metadata':{'annotations':{'volume.beta.kubernetes.io/storage-class':"
                              + "'old'}},'spec':{'storageClassName':'new'}}"))
                  .toString())
          .contains("old.storageclass.storage.k8s.io/persistentvolumeclaims=1");
    }

    @Test
    void areInTheScopeOfAllAttributesClassesThatTheyHave() {
      Map<String, Object> claim =
          json(
              "{'spec':{'volumeAttributesClassName':'a'},'status':"
                  + "{'currentVolumeAttributesClassName':'b','modifyVolumeStatus':"
                  + "{'targetVolumeAttributesClassName':'c'}}}");

      for (String name : Set.of("a", "b", "c")) {
        assertThat(counting.inScope(scope("In", name), claim)).isTrue();
      }
      assertThat(counting.inScope(scope("In", "d"), claim)).isFalse();
      assertThat(counting.inScope(scope("Exists"), claim)).isTrue();
      assertThat(counting.inScope(scope("Exists"), Map.of())).isFalse();
      assertThat(counting.inScope(scope("NotIn", "a"), Map.of())).isTrue();
      assertThat(counting.inScope(scope("Is"), claim)).isFalse();
      assertThat(counting.inScope(new Scope("BestEffort", "Exists", Set.of()), claim)).isFalse();
    }

    private Scope scope(String operator, String... values) {
      return new Scope("VolumeAttributesClass", operator, Set.of(values));
    }
  }

  @Nested
  class DeviceClaims {
    private final DeviceClaimCounting counting = new DeviceClaimCounting();

    @Test
    void countTheDevicesOfEachClassAtWorst() {
      assertThat(
              counting
                  .usage(
                      json(
                          "{'spec':{'devices':{'requests':["
                              + "{'exactly':{'deviceClassName':'gpu','count':2}},"
                              + "{'exactly':{'deviceClassName':'nic','allocationMode':'All'}},"
                              + "{'firstAvailable':[{'deviceClassName':'gpu'},"
                              + "{'deviceClassName':'gpu','count':3},{'deviceClassName':'tpu'}]},"
                              + "{'exactly':{'deviceClassName':'odd','allocationMode':'Some'}},{}]}}}"))
                  .toString())
          .isEqualTo(
              "count/resourceclaims.resource.k8s.io=1,gpu.deviceclass.resource.k8s.io/devices=5,"
                  + "nic.deviceclass.resource.k8s.io/devices=32,"
                  + "odd.deviceclass.resource.k8s.io/devices=0,"
                  + "tpu.deviceclass.resource.k8s.io/devices=1");
      assertThat(counting.counts("gpu.deviceclass.resource.k8s.io/devices")).isTrue();
      assertThat(counting.counts("pods")).isFalse();
      assertThat(counting.onUpdate("")).isTrue();
    }
  }

  private static Map<String, Object> json(String text) {
    return Json.readObject(text.replace('\'', '"'));
  }
}
