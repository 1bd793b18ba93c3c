//! Size against time, as a picture: both on scales of powers, so that what is linear is straight.

use std::fmt::Write as _;

/// One size, and what it costs in milliseconds.
pub(super) struct Row {
    /// Components of the contract.
    pub(super) size: usize,
    /// CPU time of a whole comparison.
    pub(super) ours: f64,
    /// Time to parse both files and nothing else.
    pub(super) floor: f64,
}

/// The frame of the picture, in its own units.
const LEFT: f64 = 76.0;
const RIGHT: f64 = 500.0;
const TOP: f64 = 48.0;
const BOTTOM: f64 = 280.0;

/// What stands between the marks.
const HEAD: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 620 340" font-family="sans-serif" font-size="12" fill="#333">
<title>CPU time of checks contract diff by the size of the contract</title>
<rect width="620" height="340" fill="#fff"/>
<text x="76" y="24" font-size="14">checks contract diff: one component of ten changed</text>
"##;

/// The places of sizes and times in the frame.
struct Scale {
    sizes: (f64, f64),
    times: (f64, f64),
}

impl Scale {
    fn of(rows: &[Row]) -> Self {
        let times = || rows.iter().flat_map(|it| [it.ours, it.floor]);
        let low = times().fold(f64::INFINITY, f64::min).log10().floor();
        let high = times().fold(0.0, f64::max).log10().ceil();
        let sizes = || rows.iter().map(|it| number(it.size));
        let sizes = (sizes().fold(f64::INFINITY, f64::min), sizes().fold(0.0, f64::max));
        Self { sizes, times: (low, high.max(low + 1.0)) }
    }

    fn x(&self, size: f64) -> f64 {
        let (low, high) = self.sizes;
        LEFT + 20.0 + (RIGHT - LEFT - 40.0) * (size / low).log2() / (high / low).log2().max(1.0)
    }

    fn y(&self, time: f64) -> f64 {
        let (low, high) = self.times;
        BOTTOM - (BOTTOM - TOP) * (time.log10() - low) / (high - low)
    }
}

/// The picture as SVG.
pub(super) fn drawn(rows: &[Row]) -> String {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return String::new() };
    let scale = Scale::of(rows);
    let mut out = HEAD.to_owned();
    axes(&mut out, &scale, rows);
    let linear = [(first.size, first.ours), (last.size, grown(first, last.size))];
    line(&mut out, &scale, &linear, ("#bbb", " stroke-dasharray=\"1 4\""));
    let floor: Vec<_> = rows.iter().map(|it| (it.size, it.floor)).collect();
    line(&mut out, &scale, &floor, ("#777", " stroke-dasharray=\"5 4\""));
    let ours: Vec<_> = rows.iter().map(|it| (it.size, it.ours)).collect();
    line(&mut out, &scale, &ours, ("#1f5fa8", ""));
    for it in rows {
        let (x, y) = (scale.x(number(it.size)), scale.y(it.ours));
        let _ = writeln!(out, r##"<circle cx="{x:.0}" cy="{y:.0}" r="3" fill="#1f5fa8"/>"##);
        text(&mut out, (x, y - 9.0), "middle", &time(it.ours));
    }
    let ends = [
        (last.ours, "CPU time"),
        (last.floor, "parsing both files"),
        (grown(first, last.size), "in proportion"),
    ];
    names(&mut out, &scale, last.size, ends);
    out.push_str("</svg>\n");
    out
}

/// What a size would cost in proportion to another one.
fn grown(first: &Row, size: usize) -> f64 {
    first.ours * number(size) / number(first.size)
}

fn axes(out: &mut String, scale: &Scale, rows: &[Row]) {
    let (low, high) = scale.times;
    let mut power = low;
    while power <= high {
        let y = scale.y(10_f64.powf(power));
        let _ = writeln!(
            out,
            r##"<line x1="{LEFT}" y1="{y:.0}" x2="{RIGHT}" y2="{y:.0}" stroke="#ddd"/>"##
        );
        text(out, (LEFT - 8.0, y + 4.0), "end", &time(10_f64.powf(power)));
        power += 1.0;
    }
    for it in rows {
        let x = scale.x(number(it.size));
        let _ = writeln!(
            out,
            r##"<line x1="{x:.0}" y1="{BOTTOM}" x2="{x:.0}" y2="{}" stroke="#333"/>"##,
            BOTTOM + 5.0
        );
        text(out, (x, BOTTOM + 20.0), "middle", &it.size.to_string());
    }
    let _ =
        writeln!(out, r##"<path d="M{LEFT} {TOP}V{BOTTOM}H{RIGHT}" fill="none" stroke="#333"/>"##);
    let middle = f64::midpoint(LEFT, RIGHT);
    text(out, (middle, BOTTOM + 42.0), "middle", "components of the contract (logarithmic)");
    let y = f64::midpoint(TOP, BOTTOM);
    let _ = writeln!(
        out,
        r#"<text x="20" y="{y:.0}" text-anchor="middle" transform="rotate(-90 20 {y:.0})">time (logarithmic)</text>"#
    );
}

fn line(out: &mut String, scale: &Scale, points: &[(usize, f64)], (colour, more): (&str, &str)) {
    let place = |(size, time): &(usize, f64)| {
        format!("{:.0},{:.0}", scale.x(number(*size)), scale.y(*time))
    };
    let points: Vec<_> = points.iter().map(place).collect();
    let points = points.join(" ");
    let _ = writeln!(
        out,
        r#"<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"{more}/>"#
    );
}

/// The names of the lines, at their ends; those that would touch are moved apart.
fn names(out: &mut String, scale: &Scale, size: usize, ends: [(f64, &str); 3]) {
    let mut ends = ends.map(|(time, name)| (scale.y(time) + 4.0, name));
    ends.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut free = f64::NEG_INFINITY;
    for (y, name) in ends {
        let y = y.max(free);
        free = y + 15.0;
        text(out, (scale.x(number(size)) + 32.0, y), "start", name);
    }
}

fn text(out: &mut String, (x, y): (f64, f64), anchor: &str, words: &str) {
    let _ = writeln!(out, r#"<text x="{x:.0}" y="{y:.0}" text-anchor="{anchor}">{words}</text>"#);
}

/// Milliseconds in words.
fn time(ms: f64) -> String {
    if ms >= 1000.0 { format!("{:.1} s", ms / 1000.0) } else { format!("{ms:.0} ms") }
}

#[expect(clippy::cast_precision_loss, reason = "a size of thousands")]
fn number(size: usize) -> f64 {
    size as f64
}

#[cfg(test)]
mod tests {
    use super::{Row, drawn};

    #[test]
    fn every_size_has_its_mark_inside_of_the_frame() {
        let rows = [(100, 40.0, 5.0), (400, 170.0, 21.0), (1_600, 700.0, 90.0)];
        let rows = rows.map(|(size, ours, floor)| Row { size, ours, floor });
        let text = drawn(&rows);
        assert_eq!(text.matches("<circle").count(), rows.len());
        assert!(text.contains(">1600</text>") && text.contains(">700 ms</text>"), "{text}");
        assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
    }
}
