package dev.plumbline.report;

import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.DefaultObjectWrapper;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Our pages' templates; they lay out what they are given, and nothing in it becomes markup. */
final class Layout {

    private final Configuration templates = templates();

    /** @param page what the template calls {@code page} */
    void write(String template, Object page, Writer out) throws IOException {
        try {
            templates.getTemplate(template).process(Map.of("page", page), out);
        } catch (TemplateException e) {
            throw new IllegalStateException("The page's own template is wrong: " + e.getMessage(), e);
        }
    }

    private static Configuration templates() {
        Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
        configuration.setClassForTemplateLoading(Layout.class, "page");
        configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
        configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
        configuration.setObjectWrapper(new DefaultObjectWrapper(Configuration.VERSION_2_3_34));
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setNumberFormat("computer");
        return configuration;
    }
}
