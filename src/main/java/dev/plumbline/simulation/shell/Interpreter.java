package dev.plumbline.simulation.shell;

import dev.plumbline.simulation.NotSimulated;
import dev.plumbline.simulation.shell.Node.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a tree. What comes after a command is handed on, so that a sleeping script holds no thread: the virtual clock goes
 * on with it.
 */
final class Interpreter {

    private static final int MOST_ROUNDS = 100_000;

    private final Context context;
    private final Expander expander;

    Interpreter(Context context) {
        this.context = context;
        this.expander = new Expander(context, this::printed);
    }

    /** How a piece of script ended. */
    record End(int code, Flow flow) {
        static End of(int code) {
            return new End(code, Flow.ON);
        }
    }

    /** Where it goes from here. */
    enum Flow {
        ON,
        BREAK,
        CONTINUE,
        EXIT
    }

    private String printed(Node script) {
        StringBuffer out = new StringBuffer();
        Context child = context.child();
        child.last(context.last());
        End end = now(script, child, new Streams("", out, new StringBuffer()));
        context.last(end.code());
        return out.toString();
    }

    /** Runs to the end at once; a script that wants to wait is not simulated here. */
    static End now(Node script, Context context, Streams streams) {
        End[] end = new End[1];
        new Interpreter(context).run(script, streams, done -> end[0] = done);
        if (end[0] == null) {
            throw new NotSimulated("a command that waits, run beside the program or in a pipe");
        }
        return end[0];
    }

    void run(Node node, Streams streams, Consumer<End> then) {
        Consumer<End> after = end -> {
            context.last(end.code());
            then.accept(end);
        };
        if (node instanceof Node.Sequence sequence) {
            sequence(sequence.nodes().iterator(), streams, after);
        } else if (node instanceof Node.AndOr both) {
            run(both.left(), streams, end -> {
                boolean on = end.flow() == Flow.ON && (end.code() == 0) == both.and();
                decide(on, both.right(), streams, end, after);
            });
        } else if (node instanceof Node.Not not) {
            run(not.node(), streams, end -> after.accept(new End(end.code() == 0 ? 1 : 0, end.flow())));
        } else if (node instanceof Node.If choice) {
            run(choice.condition(), streams, end -> choose(choice, end, streams, after));
        } else if (node instanceof Node.Simple simple) {
            simple(simple, streams, after);
        } else {
            compound(node, streams, after);
        }
    }

    private void decide(boolean on, Node next, Streams streams, End end, Consumer<End> then) {
        if (on) {
            run(next, streams, then);
        } else {
            then.accept(end);
        }
    }

    private void choose(Node.If choice, End end, Streams streams, Consumer<End> then) {
        if (end.flow() != Flow.ON) {
            then.accept(end);
        } else {
            run(end.code() == 0 ? choice.then() : choice.otherwise(), streams, then);
        }
    }

    private void compound(Node node, Streams streams, Consumer<End> then) {
        if (node instanceof Node.While loop) {
            repeat(loop, streams, then);
        } else if (node instanceof Node.For each) {
            each(each, streams, then);
        } else if (node instanceof Node.Pipeline pipeline) {
            then.accept(pipe(pipeline.nodes(), streams));
        } else if (node instanceof Node.Group group) {
            group(group, streams, then);
        } else if (node instanceof Node.Background background) {
            if (!context.patient()) {
                throw new NotSimulated("a command in the background, run beside the program");
            }
            run(background.node(), streams, end -> {});
            then.accept(End.of(0));
        }
    }

    private void sequence(Iterator<Node> nodes, Streams streams, Consumer<End> then) {
        if (!nodes.hasNext()) {
            then.accept(End.of(context.last()));
            return;
        }
        run(nodes.next(), streams, end -> {
            if (end.flow() != Flow.ON || !nodes.hasNext() || end.code() != 0 && failsFast()) {
                then.accept(
                        end.flow() == Flow.ON && end.code() != 0 && failsFast() ? new End(end.code(), Flow.EXIT) : end);
            } else {
                sequence(nodes, streams, then);
            }
        });
    }

    private boolean failsFast() {
        return "1".equals(context.variables().get(Commands.ERREXIT));
    }

    private void repeat(Node.While loop, Streams streams, Consumer<End> then) {
        new Loop(
                        then,
                        (again, done) -> run(loop.condition(), streams, end -> {
                            if (end.flow() != Flow.ON || (end.code() == 0) == loop.until()) {
                                done.accept(end.flow() == Flow.ON ? End.of(0) : end);
                            } else {
                                run(loop.body(), streams, again);
                            }
                        }))
                .go();
    }

    private void each(Node.For each, Streams streams, Consumer<End> then) {
        Iterator<String> words = expander.fields(each.words()).iterator();
        new Loop(then, (again, done) -> {
                    if (words.hasNext()) {
                        context.variables().put(each.variable(), words.next());
                        run(each.body(), streams, again);
                    } else {
                        done.accept(End.of(context.last()));
                    }
                })
                .go();
    }

    private End pipe(List<Node> nodes, Streams streams) {
        String input = streams.rest();
        End end = End.of(0);
        for (int i = 0; i < nodes.size(); i++) {
            boolean last = i == nodes.size() - 1;
            StringBuffer out = last ? streams.out() : new StringBuffer();
            end = now(nodes.get(i), context.child(), new Streams(input, out, streams.err()));
            input = out == streams.out() ? "" : out.toString();
        }
        return End.of(end.code());
    }

    private void group(Node.Group group, Streams streams, Consumer<End> then) {
        redirected(group.redirects(), streams, then, (inner, done) -> {
            if (group.own()) {
                End end = now(group.body(), context.child(), inner);
                done.accept(End.of(end.code()));
            } else {
                run(group.body(), inner, done);
            }
        });
    }

    private void simple(Node.Simple simple, Streams streams, Consumer<End> then) {
        List<String> words = expander.fields(simple.words());
        Map<String, String> before = Map.copyOf(context.variables());
        simple.assignments().forEach(set -> context.variables().put(set.name(), expander.text(set.value())));
        redirected(simple.redirects(), streams, then, (inner, done) -> {
            if (words.isEmpty()) {
                done.accept(
                        End.of(simple.words().isEmpty() && !simple.assignments().isEmpty() ? 0 : context.last()));
                return;
            }
            new Commands(context, this).run(words, inner, end -> {
                simple.assignments().forEach(set -> restore(set.name(), before));
                done.accept(end);
            });
        });
    }

    private void restore(String name, Map<String, String> before) {
        String value = before.get(name);
        if (value == null) {
            context.variables().remove(name);
        } else {
            context.variables().put(name, value);
        }
    }

    private interface Body {
        void run(Streams streams, Consumer<End> done);
    }

    private void redirected(List<Redirect> redirects, Streams streams, Consumer<End> then, Body body) {
        Outlets outlets = new Outlets(context, expander, streams);
        @Nullable String problem = outlets.open(redirects);
        if (problem != null) {
            streams.complain("sh: " + problem);
            then.accept(End.of(1));
            return;
        }
        body.run(outlets.streams(), end -> {
            outlets.close();
            then.accept(end);
        });
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** A loop that neither grows the stack while its body ends at once nor holds a thread while its body waits. */
    private static final class Loop {
        private final Consumer<End> then;
        private final Round round;
        private int rounds;
        private boolean inside;
        private boolean again;

        interface Round {
            void run(Consumer<End> again, Consumer<End> done);
        }

        Loop(Consumer<End> then, Round round) {
            this.then = then;
            this.round = round;
        }

        void go() {
            do {
                again = false;
                inside = true;
                if (++rounds > MOST_ROUNDS) {
                    throw new NotSimulated("a loop of more than " + MOST_ROUNDS + " rounds without a pause");
                }
                round.run(this::next, then);
                inside = false;
            } while (again);
        }

        private void next(End end) {
            if (end.flow() == Flow.BREAK || end.flow() == Flow.EXIT) {
                then.accept(end.flow() == Flow.BREAK ? End.of(0) : end);
            } else if (inside) {
                again = true;
            } else {
                rounds = 0;
                go();
            }
        }
    }
}
