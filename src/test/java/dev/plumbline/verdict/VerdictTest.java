package dev.plumbline.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {

    @Test
    void theWorstDecides() {
        assertThat(Verdict.worst(List.of(Verdict.PASS, Verdict.BLOCKED, Verdict.FAIL)))
                .isEqualTo(Verdict.FAIL);
        assertThat(Verdict.worst(List.of(Verdict.PASS, Verdict.INCONCLUSIVE))).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(Verdict.worst(List.of(Verdict.PASS, Verdict.BLOCKED))).isEqualTo(Verdict.BLOCKED);
        assertThat(Verdict.worst(List.of(Verdict.PASS, Verdict.WAIVED))).isEqualTo(Verdict.WAIVED);
    }

    @Test
    void whatDoesNotApplyCountsOnlyAlone() {
        assertThat(Verdict.worst(List.of(Verdict.NOT_APPLICABLE, Verdict.PASS))).isEqualTo(Verdict.PASS);
        assertThat(Verdict.worst(List.of(Verdict.NOT_APPLICABLE))).isEqualTo(Verdict.NOT_APPLICABLE);
    }

    @Test
    void nothingIsUnproven() {
        assertThat(Verdict.worst(List.of())).isEqualTo(Verdict.UNPROVEN);
    }
}
