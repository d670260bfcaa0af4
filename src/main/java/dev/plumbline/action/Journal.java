package dev.plumbline.action;

import java.util.Set;

/** Where a ledger is kept beyond its process. Each call returns when what it says would outlive a kill. */
interface Journal {

    /** @param number of the entry, ascending in the order of writes */
    void write(int number, Undo undo);

    /** Forgets all entries but these; with none left nothing of the journal remains. */
    void retain(Set<Integer> numbers);

    /** What it holds stays on purpose, until somebody sweeps. */
    void keep();
}
