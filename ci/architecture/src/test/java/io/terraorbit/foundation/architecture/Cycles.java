package io.terraorbit.foundation.architecture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds the strongly connected components of a graph that have more than one member (Tarjan). */
final class Cycles {
  private final Map<String, Set<String>> graph;
  private final Map<String, Integer> index = new HashMap<>();
  private final Map<String, Integer> low = new HashMap<>();
  private final Deque<String> stack = new ArrayDeque<>();
  private final List<Set<String>> found = new ArrayList<>();

  private Cycles(Map<String, Set<String>> graph) {
    this.graph = graph;
  }

  static List<Set<String>> in(Map<String, Set<String>> graph) {
    Cycles cycles = new Cycles(graph);
    graph.keySet().stream().filter(node -> !cycles.index.containsKey(node)).forEach(cycles::visit);
    return cycles.found;
  }

  private void visit(String node) {
    index.put(node, index.size());
    low.put(node, index.get(node));
    stack.push(node);
    for (String next : graph.getOrDefault(node, Set.of())) {
      if (!index.containsKey(next)) {
        visit(next);
        low.merge(node, low.get(next), Math::min);
      } else if (stack.contains(next)) {
        low.merge(node, index.get(next), Math::min);
      }
    }
    if (low.get(node).equals(index.get(node))) {
      collect(node);
    }
  }

  private void collect(String node) {
    Set<String> component = new TreeSet<>();
    String member;
    do {
      member = stack.pop();
      component.add(member);
    } while (!member.equals(node));
    if (component.size() > 1) {
      found.add(component);
    }
  }
}
