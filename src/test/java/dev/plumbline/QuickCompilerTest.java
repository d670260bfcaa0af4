package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuickCompilerTest {

    @Test
    void theJvmHasTheDirectiveAndTheWorkEndsByItself() throws InterruptedException, JMException {
        Thread thread = QuickCompiler.start();

        assertThat(thread.isDaemon()).isTrue();
        thread.join();
        assertThat(jvm("compilerDirectivesPrint")).containsPattern("(?s)c2 directives:.*?Exclude:true");
    }

    @AfterEach
    void theOtherTestsKeepTheSecondCompiler() throws JMException {
        jvm("compilerDirectivesClear");
    }

    private static String jvm(String command) throws JMException {
        return (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        command,
                        new Object[0],
                        new String[0]);
    }
}
