package dev.plumbline;

import dev.plumbline.verdict.Mask;

/** A command that comes to know secrets, which must not be said either when it ends by an error. */
interface Masking {

    Mask mask();
}
