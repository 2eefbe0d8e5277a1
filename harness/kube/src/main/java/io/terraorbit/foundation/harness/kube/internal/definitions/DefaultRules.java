package io.terraorbit.foundation.harness.kube.internal.definitions;

import io.terraorbit.foundation.harness.kube.internal.schema.EmbeddedRules;
import io.terraorbit.foundation.harness.kube.internal.schema.SchemaReader;
import io.terraorbit.foundation.harness.kube.internal.schema.SchemaValidator;
import io.terraorbit.foundation.harness.kube.internal.schema.StructuralSchema;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import java.util.ArrayList;
import java.util.List;

/** Every default must be a value that its schema allows, and nothing that would be pruned. */
final class DefaultRules {
  private static final EmbeddedRules.Syntax SYNTAX = new ObjectMetaRules();

  private final List<FieldError> errors = new ArrayList<>();

  private DefaultRules() {}

  static List<FieldError> check(Node root) {
    DefaultRules rules = new DefaultRules();
    rules.visit(root);
    return rules.errors;
  }

  private void visit(Node node) {
    Object value = node.json().get("default");
    if (value != null) {
      check(SchemaReader.read(node.json()), value, node.at("default"));
    }
    Node items = node.child("items");
    if (items != null) {
      visit(items);
    }
    node.properties().values().forEach(this::visit);
  }

  private void check(StructuralSchema schema, Object value, String path) {
    if (!schema.keeps(value)) {
      errors.add(FieldError.invalid(path, value, "must not have unknown fields"));
    }
    List<FieldError> within = EmbeddedRules.check(schema, value, path, SYNTAX);
    errors.addAll(within.isEmpty() ? SchemaValidator.validate(schema, value, path) : within);
  }
}
