package dev.plumbline.run;

import dev.plumbline.action.FluxInstall;
import dev.plumbline.action.Ledger;
import dev.plumbline.action.Sweep;
import dev.plumbline.cluster.Target;

/**
 * The target that a run got.
 *
 * @param why why this one was taken, for the report
 * @param ledger of what the run writes
 * @param swept what killed runs had left there
 */
public record Opened(Target target, String why, String runId, FluxInstall flux, Ledger ledger, Sweep.Swept swept)
        implements Bed {

    /** A target that goes with the run. */
    public static Opened throwaway(Target target, String why, String runId, FluxInstall flux) {
        return new Opened(target, why, runId, flux, new Ledger(), Sweep.Swept.NOTHING);
    }

    @Override
    public void close() {
        ledger.close();
        target.close();
    }
}
