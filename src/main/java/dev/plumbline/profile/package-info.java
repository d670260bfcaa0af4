/** What differs between clusters: names, hosts, ranges, waivers; read from YAML and checked. */
@NullMarked
package dev.plumbline.profile;

import org.jspecify.annotations.NullMarked;
