package dev.plumbline.simulation.api;

import java.util.List;

/** How a value merges: which lists are keyed, which are sets, what is replaced as a whole. */
interface Shape {

    /** Replaced as a whole. */
    boolean atomic();

    /** The fields that tell items of a list apart; empty when the list is not keyed. */
    List<String> keys();

    /** A list of values in which each stands once. */
    boolean set();

    Shape field(String name);

    Shape item();
}
