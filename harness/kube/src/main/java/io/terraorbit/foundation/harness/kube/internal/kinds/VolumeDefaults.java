package io.terraorbit.foundation.harness.kube.internal.kinds;

import java.util.Map;

/** What the API fills into the volumes of Pods, and into claims. */
final class VolumeDefaults {
  private static final long MODE = 0644;

  private VolumeDefaults() {}

  static void volume(Draft volume) {
    if (volume.members().entrySet().stream()
        .noneMatch(member -> !member.getKey().equals("name") && member.getValue() != null)) {
      volume.put("emptyDir", Map.of());
    }
    volume.within("secret", source -> source.orElse("defaultMode", MODE));
    volume.within("configMap", source -> source.orElse("defaultMode", MODE));
    volume.within("hostPath", source -> source.orElse("type", ""));
    volume.within("iscsi", source -> source.orText("iscsiInterface", "default"));
    volume.within(
        "emptyDir",
        source -> {
          if (source.has("sizeLimit")) {
            source.put("sizeLimit", Resources.canonical(source.get("sizeLimit")));
          }
        });
    volume.within(
        "image",
        source -> source.orText("pullPolicy", PodDefaults.pullPolicy(source.text("reference"))));
    volume.within(
        "downwardAPI",
        source -> {
          source.orElse("defaultMode", MODE);
          fields(source);
        });
    volume.within(
        "projected",
        projected -> {
          projected.orElse("defaultMode", MODE);
          projected.each(
              "sources",
              source -> {
                source.within("downwardAPI", VolumeDefaults::fields);
                source.within(
                    "serviceAccountToken", token -> token.orElse("expirationSeconds", 3600L));
              });
        });
    volume.within(
        "ephemeral", source -> source.within("volumeClaimTemplate", VolumeDefaults::claim));
  }

  /** A claim, or the template of one. */
  static void claim(Draft claim) {
    Draft spec = claim.make("spec");
    spec.orElse("volumeMode", "Filesystem");
    Resources.canonical(spec.make("resources"));
  }

  private static void fields(Draft source) {
    source.each(
        "items", item -> item.within("fieldRef", field -> field.orText("apiVersion", "v1")));
  }
}
