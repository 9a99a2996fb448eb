//! Names in a text that somebody else will read.

/// Where `name` stands in `text` as words of its own, whatever the case of the letters: pairs of places in bytes.
fn places(text: &str, name: &str) -> Vec<(usize, usize)> {
    let wanted: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    // A name of one or two letters would be found in every other sentence.
    if wanted.concat().chars().count() < 3 {
        return Vec::new();
    }
    let words = words(text);
    words
        .windows(wanted.len())
        .filter(|window| {
            let found = window
                .iter()
                .map(|(from, to)| text[*from..*to].to_lowercase());
            found.eq(wanted.iter().cloned())
        })
        .filter_map(|window| Some((window.first()?.0, window.last()?.1)))
        .collect()
}

/// Each word by its place. Marks within a word belong to it, those around it do not.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        match (from, letter.is_whitespace()) {
            (None, false) => from = Some(at),
            (Some(start), true) => {
                let word = &text[start..at];
                let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
                let before = word.len()
                    - word
                        .trim_start_matches(|c: char| !c.is_alphanumeric())
                        .len();
                if !inner.is_empty() {
                    found.push((start + before, start + before + inner.len()));
                }
                from = None;
            }
            _ => {}
        }
    }
    found
}

/// Whether a text names this person.
#[must_use]
pub fn names(text: &str, name: &str) -> bool {
    !places(text, name).is_empty()
}

/// The text with something else where it names this person.
#[must_use]
pub fn without_name(text: &str, name: &str, instead: &str) -> String {
    let mut left = String::with_capacity(text.len());
    let mut behind = 0;
    for (from, to) in places(text, name) {
        if from >= behind {
            left.push_str(&text[behind..from]);
            left.push_str(instead);
            behind = to;
        }
    }
    left.push_str(&text[behind..]);
    left
}

#[cfg(test)]
mod tests {
    use super::{names, without_name};

    #[test]
    fn a_name_is_found_as_words_of_its_own_and_taken_out() {
        for (text, name, without) in [
            (
                "Yth. Warga Uji12, terima kasih",
                "Warga Uji12",
                "Yth. Bapak/Ibu, terima kasih",
            ),
            (
                "(warga  uji12) dan WARGA UJI12.",
                "Warga Uji12",
                "(Bapak/Ibu) dan Bapak/Ibu.",
            ),
            (
                "Sripit dan Sri Wahyuni",
                "Sri",
                "Sripit dan Bapak/Ibu Wahyuni",
            ),
            ("Warga Uji123", "Warga Uji12", "Warga Uji123"),
            ("Warga", "Warga Uji12", "Warga"),
            ("di loket A", "A", "di loket A"),
            ("Ümit Özil hadir", "ümit özil", "Bapak/Ibu hadir"),
            ("", "Warga", ""),
            ("Warga", "", "Warga"),
        ] {
            assert_eq!(without_name(text, name, "Bapak/Ibu"), without, "{text}");
            assert_eq!(names(text, name), text != without, "{text}");
        }
    }
}
