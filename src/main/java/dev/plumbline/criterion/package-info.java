/** What must hold: criteria, the documents they come from, the catalogue of a run, waivers. */
@NullMarked
package dev.plumbline.criterion;

import org.jspecify.annotations.NullMarked;
