package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.harness.environment.ApiCommit;
import io.terraorbit.foundation.harness.environment.ApiFault;
import io.terraorbit.foundation.harness.environment.ApiFaultHit;
import io.terraorbit.foundation.harness.environment.ApiObserver;
import io.terraorbit.foundation.harness.environment.ApiRejection;

/** Writes what happens at the Kubernetes API into the history, and pulls the triggers. */
record CommitRecorder(RunHistory history, Leases leases, KillSwitch kills, FaultHits hits)
    implements ApiObserver {
  @Override
  public void committed(ApiCommit commit) {
    Fact.Revision write = new Fact.Revision(commit);
    history.append(write);
    leases.committed(write);
    kills.committed(write);
  }

  @Override
  public void struck(ApiFaultHit hit) {
    if (!(hit.fault() instanceof ApiFault.Reject)) {
      hits.hit(
          hit.fault().id(), hit.request().user(), "%s: %s".formatted(hit.request(), hit.what()));
    }
  }

  @Override
  public void rejected(ApiRejection rejection) {
    history.append(new Fact.Rejected(rejection));
    hits.hit(
        rejection.faultId(),
        rejection.user(),
        "%d on %s %s".formatted(rejection.code(), rejection.verb(), rejection.object()));
  }
}
