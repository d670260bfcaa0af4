package dev.plumbline;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest names. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Plumbline.class.getPackage().getImplementationVersion();
        return new String[] {"plumbline " + (version == null ? "unpackaged" : version)};
    }
}
