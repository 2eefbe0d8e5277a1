package io.terraorbit.foundation.harness.kube.internal.quota;

import io.terraorbit.foundation.harness.kube.internal.quantities.Amounts;
import io.terraorbit.foundation.harness.kube.internal.quantities.Quantity;
import io.terraorbit.foundation.json.Values;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The least, the most and the ratio of limit to request that one entry of a LimitRange allows. */
record Bounds(Object limit) {
  /** Adds what is wrong with the requests and limits of a container or a Pod. */
  void check(Set<String> problems, Amounts requests, Amounts limits) {
    amounts("min")
        .forEach((name, least) -> least(name, least, requests, limits).ifPresent(problems::add));
    amounts("max")
        .forEach((name, most) -> most(name, most, requests, limits).ifPresent(problems::add));
    amounts("maxLimitRequestRatio")
        .forEach((name, ratio) -> ratio(name, ratio, requests, limits).ifPresent(problems::add));
  }

  /** Adds what is wrong with the requests of something that has no limits. */
  void checkRequests(Set<String> problems, Amounts requests) {
    amounts("min")
        .forEach(
            (name, least) -> least(name, least, requests, Amounts.NONE).ifPresent(problems::add));
    amounts("max")
        .forEach(
            (name, most) -> {
              Quantity request = requests.find(name).orElse(null);
              String start = start("maximum", name, most);
              if (request == null) {
                problems.add(start + ".  No request is specified");
              } else if (request.compareTo(most) > 0) {
                problems.add(start + ", but request is " + request);
              }
            });
  }

  private Optional<String> least(String name, Quantity least, Amounts requests, Amounts limits) {
    Quantity request = requests.find(name).orElse(null);
    Quantity limit = limits.find(name).orElse(null);
    String start = start("minimum", name, least);
    if (request == null) {
      return Optional.of(start + ".  No request is specified");
    }
    if (request.compareTo(least) < 0) {
      return Optional.of(start + ", but request is " + request);
    }
    return limit != null && limit.compareTo(least) < 0
        ? Optional.of(start + ", but limit is " + limit)
        : Optional.empty();
  }

  private Optional<String> most(String name, Quantity most, Amounts requests, Amounts limits) {
    Quantity request = requests.find(name).orElse(null);
    Quantity limit = limits.find(name).orElse(null);
    String start = start("maximum", name, most);
    if (limit == null) {
      return Optional.of(start + ".  No limit is specified");
    }
    if (limit.compareTo(most) > 0) {
      return Optional.of(start + ", but limit is " + limit);
    }
    return request != null && request.compareTo(most) > 0
        ? Optional.of(start + ", but request is " + request)
        : Optional.empty();
  }

  private Optional<String> ratio(String name, Quantity ratio, Amounts requests, Amounts limits) {
    Quantity request = requests.find(name).orElse(Quantity.ZERO);
    Quantity limit = limits.find(name).orElse(Quantity.ZERO);
    String start =
        "%s max limit to request ratio per %s is %s"
            .formatted(name, LimitRanges.type(this.limit), ratio);
    if (request.signum() == 0) {
      return Optional.of(start + ", but no request is specified or request is 0");
    }
    if (limit.signum() == 0) {
      return Optional.of(start + ", but no limit is specified or limit is 0");
    }
    BigDecimal met = limit.value().divide(request.value(), MathContext.DECIMAL64);
    return met.compareTo(ratio.value()) > 0
        ? Optional.of(String.format(Locale.ROOT, "%s, but provided ratio is %f", start, met))
        : Optional.empty();
  }

  private String start(String word, String name, Quantity bound) {
    return "%s %s usage per %s is %s".formatted(word, name, LimitRanges.type(limit), bound);
  }

  private Map<String, Quantity> amounts(String member) {
    return Amounts.of(Values.objectAt(limit, member)).byName();
  }
}
