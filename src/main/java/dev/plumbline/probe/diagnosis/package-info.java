/** Why a look saw what it saw: what is around the object, read once at the moment of failure. */
@NullMarked
package dev.plumbline.probe.diagnosis;

import org.jspecify.annotations.NullMarked;
