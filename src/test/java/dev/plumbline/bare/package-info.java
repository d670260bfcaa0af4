/** The measure of our own speed: Cucumber and one informer, without anything that Plumbline adds. */
@NullMarked
package dev.plumbline.bare;

import org.jspecify.annotations.NullMarked;
