package io.terraorbit.foundation.harness.kube.internal.tables;

import io.terraorbit.foundation.json.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of a kind, each with what stands in it. Immutable once it is built. */
final class Layout {
  private final List<Column> columns;
  private final List<Cell> cells;
  private final Function<Map<String, Object>, List<Object>> conditions;

  private Layout(Builder builder) {
    this.columns = List.copyOf(builder.columns);
    this.cells = List.copyOf(builder.cells);
    this.conditions = builder.conditions;
  }

  /** A layout that begins with the object's name. */
  static Builder named() {
    return new Builder().name(0);
  }

  /** A layout that has no column yet. */
  static Builder empty() {
    return new Builder();
  }

  List<Map<String, Object>> definitions() {
    return columns.stream().map(Column::definition).toList();
  }

  List<@Nullable Object> row(Map<String, Object> object, Instant now) {
    List<@Nullable Object> row = new ArrayList<>(cells.size());
    cells.forEach(cell -> row.add(cell.of(object, now)));
    return Collections.unmodifiableList(row);
  }

  /** Conditions of an object's row; mostly none. */
  List<Object> conditions(Map<String, Object> object) {
    return conditions.apply(object);
  }

  /** Adds columns from left to right. Confined to one thread. */
  static final class Builder {
    private final List<Column> columns = new ArrayList<>();
    private final List<Cell> cells = new ArrayList<>();
    private Function<Map<String, Object>, List<Object>> conditions = object -> List.of();

    private Builder() {}

    Builder name(long priority) {
      return name(priority, object -> Values.string(object, "metadata", "name").orElse(""));
    }

    Builder name(long priority, Function<Map<String, Object>, @Nullable Object> cell) {
      return add(
          new Column("Name", "string", "name", "", priority), (object, now) -> cell.apply(object));
    }

    Builder age() {
      return add(
          Column.of("Age", "string", 0),
          (object, now) -> Ages.since(object, now, "metadata", "creationTimestamp"));
    }

    Builder text(String name, Function<Map<String, Object>, @Nullable Object> cell) {
      return add(Column.of(name, "string", 0), (object, now) -> cell.apply(object));
    }

    Builder number(String name, Function<Map<String, Object>, @Nullable Object> cell) {
      return add(Column.of(name, "integer", 0), (object, now) -> cell.apply(object));
    }

    Builder truth(String name, Function<Map<String, Object>, @Nullable Object> cell) {
      return add(Column.of(name, "boolean", 0), (object, now) -> cell.apply(object));
    }

    /** A column of texts that is shown only when there is room. */
    Builder wide(String name, Function<Map<String, Object>, @Nullable Object> cell) {
      return add(Column.of(name, "string", 1), (object, now) -> cell.apply(object));
    }

    Builder add(Column column, Cell cell) {
      columns.add(column);
      cells.add(cell);
      return this;
    }

    Builder conditions(Function<Map<String, Object>, List<Object>> newConditions) {
      conditions = newConditions;
      return this;
    }

    Layout build() {
      return new Layout(this);
    }
  }
}
