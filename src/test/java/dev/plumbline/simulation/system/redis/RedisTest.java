package dev.plumbline.simulation.system.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.cluster.Target;
import dev.plumbline.simulation.ImageModel.StartFailure;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.system.TinyWorld;
import dev.plumbline.simulation.system.TinyWorld.MemoryFiles;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedisTest {

    private final TinyWorld world = new TinyWorld();
    private final MemoryFiles files = new MemoryFiles();

    private Program start(String... args) throws StartFailure {
        Map<String, String> env = Map.of("REDIS_MAXMEMORY", "96mb", "PASSWORD", "s3cret");
        return new RedisSystem()
                .images()
                .get(0)
                .start(world.start("redis:8.0.2", List.of(args), env, files, List.of("/data")));
    }

    private static String out(Program redis, String command) throws Exception {
        return redis.run(command).out();
    }

    @Test
    void answersLikeRedisCli() throws Exception {
        Program redis = start();
        assertThat(out(redis, "redis-cli ping")).isEqualTo("PONG\n");
        assertThat(out(redis, "redis-cli SET greeting 'hello world'")).isEqualTo("OK\n");
        assertThat(out(redis, "redis-cli GET greeting")).isEqualTo("hello world\n");
        assertThat(out(redis, "redis-cli get nothing")).isEqualTo("\n");
        assertThat(out(redis, "redis-cli dbsize")).isEqualTo("1\n");
        assertThat(out(redis, "redis-cli -n 1 dbsize")).isEqualTo("0\n");
        assertThat(out(redis, "redis-cli del greeting nothing")).isEqualTo("1\n");
        assertThat(out(redis, "redis-cli get")).isEqualTo("ERR wrong number of arguments for 'get' command\n\n");
        assertThat(redis.run("redis-cli ping | grep -q PONG").exitCode()).isZero();
        assertThat(redis.run("redis-cli -p 1 ping").exitCode()).isEqualTo(1);
        assertThatThrownBy(() -> redis.run("redis-cli LPUSH l a"))
                .isInstanceOf(Target.CommandNotRun.class)
                .hasMessageContaining("not simulated");
    }

    @Test
    void takesItsSettingsFromTheCommandLine() throws Exception {
        Program redis = start("redis-server", "--maxmemory", "$(REDIS_MAXMEMORY)", "--maxmemory-policy", "allkeys-lru");
        assertThat(out(redis, "redis-cli config get maxmemory")).isEqualTo("maxmemory\n100663296\n");
        assertThat(out(redis, "redis-cli info memory")).contains("maxmemory_policy:allkeys-lru");
        assertThatThrownBy(() -> start("redis-server", "--foo", "bar"))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("Bad directive");
        assertThatThrownBy(() -> start("/etc/redis.conf")).hasMessageContaining("can't open config file");
    }

    @Test
    void asksForItsPassword() throws Exception {
        files.with("/etc/redis.conf", "# settings\nrequirepass s3cret\n");
        Program redis = start("redis-server", "/etc/redis.conf");
        assertThat(out(redis, "redis-cli ping")).startsWith("NOAUTH Authentication required.");
        assertThat(out(redis, "redis-cli --no-auth-warning -a $PASSWORD ping")).isEqualTo("PONG\n");
        assertThat(redis.run("redis-cli -a wrong ping").err()).contains("AUTH failed: WRONGPASS");
    }

    @Test
    void keepsItsDataWhenAppendingToAFile() throws Exception {
        out(start("redis-server", "--appendonly", "yes"), "redis-cli set a 1");
        assertThat(out(start("redis-server", "--appendonly", "yes"), "redis-cli get a"))
                .isEqualTo("1\n");
        files.delete("/data");
        assertThat(out(start("redis-server", "--appendonly", "yes"), "redis-cli get a"))
                .isEqualTo("\n");
    }

    @Test
    void savesWhenItIsStoppedUnlessToldNotTo() throws Exception {
        Program saving = start();
        out(saving, "redis-cli set a 1");
        saving.close();
        assertThat(out(start(), "redis-cli get a")).isEqualTo("1\n");
        files.delete("/data");
        Program careless = start("redis-server", "--save", "");
        out(careless, "redis-cli set a 1");
        careless.close();
        assertThat(out(start(), "redis-cli get a")).isEqualTo("\n");
    }

    @Test
    void forgetsKeysWhoseTimeIsOver() throws Exception {
        Program redis = start();
        out(redis, "redis-cli set a 1 EX 60");
        world.pass(Duration.ofSeconds(20));
        assertThat(out(redis, "redis-cli ttl a")).isEqualTo("40\n");
        world.pass(Duration.ofSeconds(41));
        assertThat(out(redis, "redis-cli exists a")).isEqualTo("0\n");
    }
}
