package dev.plumbline.simulation.system.prometheus.promql;

import dev.plumbline.simulation.system.prometheus.promql.Expr.Type;
import dev.plumbline.simulation.system.prometheus.promql.Value.Sample;
import dev.plumbline.simulation.system.prometheus.promql.Value.Scalar;
import dev.plumbline.simulation.system.prometheus.promql.Value.Vector;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.function.ToIntFunction;

/** The functions about the time of evaluation and the parts of a date in UTC. */
final class TimeFunctions {

    private TimeFunctions() {}

    static List<Function> all() {
        return List.of(
                new Function("time", List.of(), 0, false, Type.SCALAR, (a, time) -> new Scalar(time / 1000.0)),
                new Function(
                        "timestamp", List.of(Type.VECTOR), 0, false, Type.VECTOR, (a, time) -> stamps(a.get(0), time)),
                part("minute", ZonedDateTime::getMinute),
                part("hour", ZonedDateTime::getHour),
                part("day_of_week", date -> date.getDayOfWeek().getValue() % 7),
                part("day_of_month", ZonedDateTime::getDayOfMonth),
                part("day_of_year", ZonedDateTime::getDayOfYear),
                part("days_in_month", date -> date.toLocalDate().lengthOfMonth()),
                part("month", ZonedDateTime::getMonthValue),
                part("year", ZonedDateTime::getYear));
    }

    private static Value stamps(Value vector, long now) {
        return new Vector(Arguments.vector(vector).stream()
                .map(sample -> new Sample(
                        sample.labels().withoutName(),
                        (sample.time() == Long.MIN_VALUE ? now : sample.time()) / 1000.0))
                .toList());
    }

    private static Function part(String name, ToIntFunction<ZonedDateTime> part) {
        return new Function(name, List.of(Type.VECTOR), 1, false, Type.VECTOR, (a, now) -> {
            Value seconds = a.isEmpty() ? new Vector(List.of(new Sample(Labels.EMPTY, now / 1000.0))) : a.get(0);
            return InstantFunctions.each(
                    seconds,
                    value -> part.applyAsInt(Instant.ofEpochSecond((long) value).atZone(ZoneOffset.UTC)));
        });
    }
}
