package io.terraorbit.foundation.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.terraorbit.foundation.kubernetes.ObjectKey;
import org.junit.jupiter.api.Test;

class OwnersTest {
  @Test
  void aChildNamesItsControllerInItsOwnNamespace() {
    Deployment owner =
        new DeploymentBuilder()
            .withNewMetadata()
            .withNamespace("n")
            .withName("web")
            .withUid("u")
            .endMetadata()
            .build();
    ConfigMap child = child(Owners.controller(owner));
    assertThat(Owners.controllerOf(child, Deployment.class)).contains(new ObjectKey("n", "web"));
    assertThat(Owners.controllerOf(child, Namespace.class)).isEmpty();
    child.getMetadata().getOwnerReferences().get(0).setApiVersion("apps/v1beta1");
    assertThat(Owners.controllerOf(child, Deployment.class)).isPresent();
    child.getMetadata().getOwnerReferences().get(0).setApiVersion("other/v1");
    assertThat(Owners.controllerOf(child, Deployment.class)).isEmpty();
  }

  @Test
  void aClusterScopedOwnerHasNoNamespace() {
    Namespace owner =
        new NamespaceBuilder().withNewMetadata().withName("n").withUid("u").endMetadata().build();
    assertThat(Owners.controllerOf(child(Owners.controller(owner)), Namespace.class))
        .contains(ObjectKey.cluster("n"));
  }

  @Test
  void anOwnerThatDoesNotControlDoesNotCount() {
    Namespace owner =
        new NamespaceBuilder().withNewMetadata().withName("n").withUid("u").endMetadata().build();
    OwnerReference plain = Owners.controller(owner);
    plain.setController(null);
    assertThat(Owners.controllerOf(child(plain), Namespace.class)).isEmpty();
    ConfigMap none = child(plain);
    none.getMetadata().setOwnerReferences(null);
    assertThat(Owners.controllerOf(none, Namespace.class)).isEmpty();
  }

  private static ConfigMap child(OwnerReference owner) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("n")
        .withName("child")
        .withOwnerReferences(owner)
        .endMetadata()
        .build();
  }
}
