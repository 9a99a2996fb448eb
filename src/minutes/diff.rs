//! What changed between two texts, word by word.

/// A run of words that both texts have, or only one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Same(String),
    Removed(String),
    Added(String),
}

/// More cells than this are not compared word by word: the whole then counts as written anew.
const MOST_CELLS: usize = 4_000_000;

/// The pieces that make the old text (same and removed) and the new one (same and added).
#[must_use]
pub fn words(old: &str, new: &str) -> Vec<Piece> {
    let (before, after) = (tokens(old), tokens(new));
    let start = before
        .iter()
        .zip(&after)
        .take_while(|(a, b)| a == b)
        .count();
    let end = before[start..]
        .iter()
        .rev()
        .zip(after[start..].iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let mut pieces = Vec::new();
    push(&mut pieces, Piece::Same, &before[..start]);
    middle(
        &mut pieces,
        &before[start..before.len() - end],
        &after[start..after.len() - end],
    );
    push(&mut pieces, Piece::Same, &before[before.len() - end..]);
    pieces
}

/// A word with the blanks that follow it; a line end stands alone.
fn tokens(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        let (words, end) = match line.strip_suffix('\n') {
            Some(words) => (words, &line[words.len()..]),
            None => (line, ""),
        };
        found.extend(words.split_inclusive(' '));
        if !end.is_empty() {
            found.push(end);
        }
    }
    found
}

fn push(pieces: &mut Vec<Piece>, kind: fn(String) -> Piece, words: &[&str]) {
    if words.is_empty() {
        return;
    }
    let text = words.concat();
    let made = kind(text.clone());
    match (pieces.last_mut(), &made) {
        (Some(Piece::Same(there)), Piece::Same(_))
        | (Some(Piece::Removed(there)), Piece::Removed(_))
        | (Some(Piece::Added(there)), Piece::Added(_)) => there.push_str(&text),
        _ => pieces.push(made),
    }
}

/// The longest common run of words, by the usual table.
fn middle(pieces: &mut Vec<Piece>, old: &[&str], new: &[&str]) {
    let width = new.len() + 1;
    if old.is_empty() || new.is_empty() || old.len().saturating_mul(width) > MOST_CELLS {
        push(pieces, Piece::Removed, old);
        push(pieces, Piece::Added, new);
        return;
    }
    // The blank behind the last word of a line is no change.
    let same = |a: &str, b: &str| a == b || (a.trim_end() == b.trim_end() && !a.trim().is_empty());
    let mut table = vec![0_u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            table[i * width + j] = if same(old[i], new[j]) {
                table[(i + 1) * width + j + 1] + 1
            } else {
                table[(i + 1) * width + j].max(table[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < old.len() && j < new.len() {
        if same(old[i], new[j]) {
            push(pieces, Piece::Same, &new[j..=j]);
            (i, j) = (i + 1, j + 1);
        } else if table[(i + 1) * width + j] >= table[i * width + j + 1] {
            push(pieces, Piece::Removed, &old[i..=i]);
            i += 1;
        } else {
            push(pieces, Piece::Added, &new[j..=j]);
            j += 1;
        }
    }
    push(pieces, Piece::Removed, &old[i..]);
    push(pieces, Piece::Added, &new[j..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> String {
        words(old, new)
            .into_iter()
            .map(|piece| match piece {
                Piece::Same(text) => text,
                Piece::Removed(text) => format!("[-{text}-]"),
                Piece::Added(text) => format!("[+{text}+]"),
            })
            .collect()
    }

    #[test]
    fn words_that_came_and_went_are_marked() {
        for (old, new, expected) in [
            ("", "", ""),
            ("sama saja", "sama saja", "sama saja"),
            ("", "baru", "[+baru+]"),
            ("lama", "", "[-lama-]"),
            (
                "waktu layanan dua hari kerja",
                "waktu layanan satu hari kerja",
                "waktu layanan [-dua -][+satu +]hari kerja",
            ),
            ("satu dua", "satu dua tiga", "satu dua [+tiga+]"),
            ("a\nb", "a\nc\nb", "a\n[+c\n+]b"),
        ] {
            assert_eq!(shown(old, new), expected, "{old:?} → {new:?}");
        }
    }

    #[test]
    fn nothing_is_lost_in_a_long_text() {
        let long = "kata lain ".repeat(3000);
        let pieces = words(&long, &format!("awal {long}tengah {long}"));
        let new: String = pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Same(text) | Piece::Added(text) => Some(text.as_str()),
                Piece::Removed(_) => None,
            })
            .collect();
        assert_eq!(new, format!("awal {long}tengah {long}"));
    }
}
