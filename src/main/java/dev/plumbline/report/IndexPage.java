package dev.plumbline.report;

import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.DefaultObjectWrapper;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** {@code index.html}: the living documentation, one file that asks nothing of any server. */
final class IndexPage {

    private final Configuration templates = templates();

    String render(RunRecord run, History past) throws IOException {
        StringWriter page = new StringWriter(1 << 16);
        try {
            Template template = templates.getTemplate("index.ftlh");
            template.process(Map.of("page", new PageBuilder(run, past).page()), page);
        } catch (TemplateException e) {
            throw new IllegalStateException("The page's own template is wrong: " + e.getMessage(), e);
        }
        return page.toString();
    }

    private static Configuration templates() {
        Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
        configuration.setClassForTemplateLoading(IndexPage.class, "page");
        configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
        configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
        configuration.setObjectWrapper(new DefaultObjectWrapper(Configuration.VERSION_2_3_34));
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setNumberFormat("computer");
        return configuration;
    }
}
