package dev.plumbline;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Where an option's value comes from when the command line does not give it: the system property {@code plumbline.target},
 * then the environment's {@code PLUMBLINE_TARGET}, then the option's own default.
 */
final class Settings implements IDefaultValueProvider {

    private final Map<String, String> environment;
    private final Properties properties;

    Settings(Map<String, String> environment, Properties properties) {
        this.environment = environment;
        this.properties = properties;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
            return null;
        }
        String name = option.longestName().replaceFirst("^-+", "");
        String property = properties.getProperty("plumbline." + name);
        if (property != null && !property.isEmpty()) {
            return property;
        }
        String variable =
                environment.get("PLUMBLINE_" + name.toUpperCase(Locale.ROOT).replace('-', '_'));
        return variable == null || variable.isEmpty() ? null : variable;
    }
}
