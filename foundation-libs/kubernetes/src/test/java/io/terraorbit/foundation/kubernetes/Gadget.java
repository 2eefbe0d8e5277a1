package io.terraorbit.foundation.kubernetes;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

@Group("test.io")
@Version("v1")
final class Gadget extends CustomResource<Gadget.Spec, Gadget.Status> implements Namespaced {
  static final class Spec {
    public String size = "";
  }

  static final class Status {
    public String phase = "";
  }
}
