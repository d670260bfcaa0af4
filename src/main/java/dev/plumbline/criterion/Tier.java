package dev.plumbline.criterion;

import java.util.Locale;

/** How near a criterion is to the heart of its document. */
public enum Tier {
    CORE,
    EXTENDED,
    /** Needs hardware, a hypervisor or addresses that only a homelab has. */
    HOMELAB;

    /** The tier as tags and the statement write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
