package dev.plumbline.action;

import dev.plumbline.cluster.Target;

/** Something broken on purpose, to prove that a criterion can turn red. */
public interface Fault {

    /** The name in the {@code @fault:} tag, for example {@code flux-object-reconcile-disabled}. */
    String name();

    /** Breaks the target and says what changed, as a diff or a sentence. Undo goes through the ledger. */
    String inject(Target target) throws InterruptedException;
}
