/** The controllers of the simulation, driven by the virtual clock. */
@NullMarked
package dev.plumbline.simulation.controller;

import org.jspecify.annotations.NullMarked;
