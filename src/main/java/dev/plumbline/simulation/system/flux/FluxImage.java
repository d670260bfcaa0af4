package dev.plumbline.simulation.system.flux;

import dev.plumbline.simulation.ImageModel;
import dev.plumbline.simulation.Program;

/** The image of one of Flux's controllers, whatever registry and tag it is pulled from. */
final class FluxImage implements ImageModel {

    private final String controller;
    private final Running running;

    FluxImage(String controller, Running running) {
        this.controller = controller;
        this.running = running;
    }

    @Override
    public boolean runs(String image) {
        return image.matches("(?:[^\\s/]+/)*fluxcd/" + controller + "(?:[:@].*)?");
    }

    @Override
    public Program start(Start start) {
        return new FluxProgram(controller, running);
    }
}
