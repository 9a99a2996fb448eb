//! Pages and mails are made from Handlebars templates in strict mode: a template that names a value the
//! page struct does not give fails, loudly, in the first test that renders it.

use std::{path::Path, sync::LazyLock};

use anyhow::Context as _;
use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderError,
    RenderErrorReason, ScopedJson, no_escape,
};
use rust_embed::RustEmbed;
use serde::Serialize;

use super::{assets, parts};
use crate::platform::i18n::{self, Locale};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/page_templates"]
#[include = "*.hbs"]
struct PageFiles;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/email_templates"]
#[include = "*.hbs"]
struct EmailFiles;

/// A page is a struct beside its template: Rust formats, the template places.
pub trait Page: Serialize {
    /// The file below `page_templates/`, without `.html.hbs`.
    const TEMPLATE: &'static str;
    /// Stands in the browser's tab.
    fn title(&self, locale: Locale) -> String;
}

/// A mail is a struct beside its folder of three templates: `subject.txt`, `body.txt`, `body.html`.
pub trait Email: Serialize {
    const TEMPLATE: &'static str;
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderedEmail {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// All templates, once per language: the `t` helper knows its language by itself, in partials too.
pub struct Templates {
    indonesian: Set,
    english: Set,
}

#[derive(Clone)]
struct Set {
    html: Handlebars<'static>,
    plain: Handlebars<'static>,
}

/// The embedded templates as every language starts from them. Parsing takes longer than all else at the start, so a
/// process does it once.
static PARSED: LazyLock<Result<Set, String>> =
    LazyLock::new(|| Set::parse().map_err(|error| format!("{error:#}")));

impl Templates {
    /// Loads the embedded templates; a folder may replace e-mail templates. A broken template stops the start.
    pub fn load(email_dir: &str) -> anyhow::Result<Self> {
        Ok(Self {
            indonesian: Set::load(Locale::Id, email_dir)?,
            english: Set::load(Locale::En, email_dir)?,
        })
    }

    fn set(&self, locale: Locale) -> &Set {
        match locale {
            Locale::Id => &self.indonesian,
            Locale::En => &self.english,
        }
    }

    /// Renders a page inside the given frame (`shell`: navigation, user, language).
    pub fn page(
        &self,
        locale: Locale,
        template: &str,
        shell: &impl Serialize,
        page: &impl Serialize,
    ) -> anyhow::Result<String> {
        let data = Context::from(serde_json::json!({ "shell": shell, "page": page }));
        let html = self
            .set(locale)
            .html
            .render_with_context(template, &data)
            .with_context(|| format!("page {template}"))?;
        Ok(name_the_faults(&html))
    }

    pub fn email<E: Email>(&self, locale: Locale, email: &E) -> anyhow::Result<RenderedEmail> {
        let set = self.set(locale);
        let name = E::TEMPLATE;
        let subject = set
            .plain
            .render(&format!("{name}/subject.txt"), email)
            .with_context(|| format!("mail {name}"))?;
        Ok(RenderedEmail {
            // A line break in a subject would start a new header.
            subject: subject.split_whitespace().collect::<Vec<_>>().join(" "),
            text: set
                .plain
                .render(&format!("{name}/body.txt"), email)
                .with_context(|| format!("mail {name}"))?,
            html: set
                .html
                .render(&format!("{name}/body.html"), email)
                .with_context(|| format!("mail {name}"))?,
        })
    }
}

impl Set {
    fn load(locale: Locale, email_dir: &str) -> anyhow::Result<Self> {
        let mut set = PARSED.clone().map_err(anyhow::Error::msg)?;
        for registry in [&mut set.html, &mut set.plain] {
            registry.register_helper("t", Box::new(Translate(locale)));
            registry.register_helper("asset", Box::new(asset_helper));
            registry.register_helper("icon", Box::new(icon_helper));
            registry.register_helper("layout", Box::new(parts::Shown::Layout));
            registry.register_helper("part", Box::new(parts::Shown::Part));
        }
        if !email_dir.is_empty() {
            set.replace_emails(Path::new(email_dir))?;
        }
        Ok(set)
    }

    fn parse() -> anyhow::Result<Self> {
        let mut set = Self {
            html: Handlebars::new(),
            plain: Handlebars::new(),
        };
        set.plain.register_escape_fn(no_escape);
        for registry in [&mut set.html, &mut set.plain] {
            registry.set_strict_mode(true);
            // An indented partial would indent what somebody typed in a text area.
            registry.set_prevent_indent(true);
        }
        for file in PageFiles::iter() {
            let name = file.trim_end_matches(".html.hbs");
            register(&mut set.html, name, &text_of(PageFiles::get(&file))?)?;
        }
        for file in EmailFiles::iter() {
            set.email(&file, &text_of(EmailFiles::get(&file))?)?;
        }
        Ok(set)
    }

    fn replace_emails(&mut self, folder: &Path) -> anyhow::Result<()> {
        for file in EmailFiles::iter() {
            let own = folder.join(file.as_ref());
            if own.is_file() {
                self.email(&file, &std::fs::read_to_string(&own)?)?;
            }
        }
        Ok(())
    }

    fn email(&mut self, file: &str, text: &str) -> anyhow::Result<()> {
        let name = file.trim_end_matches(".hbs");
        let registry = if name.ends_with(".html") {
            &mut self.html
        } else {
            &mut self.plain
        };
        register(registry, name, text)
    }
}

/// In the summary of faults each line begins with the label that its field has on this very page, so that
/// "Isi bagian ini." five times can be told apart. Labels stand in the templates: only the finished page knows them.
fn name_the_faults(html: &str) -> String {
    let mut named = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("<b data-names=\"") {
        named.push_str(before);
        let (field, message) = after.split_once("\"></b>").unwrap_or(("", after));
        if let Some(label) = label_of(html, field).filter(|label| !message.starts_with(label)) {
            named.push_str("<b>");
            named.push_str(label);
            named.push_str(":</b> ");
        }
        rest = message;
    }
    named.push_str(rest);
    named
}

/// The words over a field; over a group of choices they are its legend.
fn label_of<'a>(html: &'a str, field: &str) -> Option<&'a str> {
    let after = [
        format!("<legend id=\"{field}-label\">"),
        format!("<label for=\"{field}\">"),
    ]
    .iter()
    .find_map(|start| html.split_once(start.as_str()))?
    .1;
    let label = after.split('<').next()?.trim().trim_end_matches(':');
    (!label.is_empty()).then_some(label)
}

fn register(registry: &mut Handlebars<'static>, name: &str, text: &str) -> anyhow::Result<()> {
    registry
        .register_template_string(name, text)
        .map_err(|error| anyhow::anyhow!("template {name}: {error}"))
}

fn text_of(file: Option<rust_embed::EmbeddedFile>) -> anyhow::Result<String> {
    let file = file.context("embedded template")?;
    Ok(String::from_utf8(file.data.into_owned())?)
}

/// `{{t "key" name=value}}`. The text is a value like any other, so the template engine escapes it;
/// a key that no language has is a fault of the template.
struct Translate(Locale);

impl HelperDef for Translate {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        let key = helper
            .param(0)
            .and_then(|param| param.value().as_str())
            .ok_or(RenderErrorReason::ParamNotFoundForIndex("t", 0))?;
        let args = helper
            .hash()
            .iter()
            .map(|(name, value)| {
                let value = match value.value() {
                    serde_json::Value::String(text) => i18n::value_of(text),
                    other => i18n::value_of(&other.to_string()),
                };
                ((*name).to_owned().into(), value)
            })
            .collect();
        let text = i18n::lookup(self.0, key, &args)
            .ok_or_else(|| RenderErrorReason::Other(format!("no text for key {key}")))?;
        Ok(ScopedJson::Derived(text.into()))
    }
}

fn asset_helper(
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    let path = helper
        .param(0)
        .and_then(|param| param.value().as_str())
        .ok_or(RenderErrorReason::ParamNotFoundForIndex("asset", 0))?;
    let url = assets::url(path)
        .ok_or_else(|| RenderErrorReason::Other(format!("no static file {path}")))?;
    Ok(out.write(&url)?)
}

/// `{{icon "check"}}`: decoration beside a text, hidden from screen readers.
fn icon_helper(
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    let name = helper
        .param(0)
        .and_then(|param| param.value().as_str())
        .ok_or(RenderErrorReason::ParamNotFoundForIndex("icon", 0))?;
    if !name
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    {
        return Err(RenderErrorReason::Other(format!("no icon {name}")).into());
    }
    let sprite = assets::url("img/icons.svg")
        .ok_or_else(|| RenderErrorReason::Other("no icon sprite".into()))?;
    out.write(&format!("<svg class=\"icon\" aria-hidden=\"true\" focusable=\"false\"><use href=\"{sprite}#{name}\"/></svg>"))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::name_the_faults;

    const FORM: &str = "<fieldset><legend id=\"f-answer-label\">Jawaban</legend></fieldset>\
        <label for=\"f-title\">Perihal <span>x</span></label><label for=\"f-email\">Surel</label>";

    fn named(line: &str) -> String {
        name_the_faults(&format!("{line}{FORM}")).replace(FORM, "")
    }

    #[test]
    fn a_line_of_the_summary_begins_with_the_label_of_its_field() {
        for (line, expected) in [
            (
                "<b data-names=\"f-title\"></b>Isi bagian ini.",
                "<b>Perihal:</b> Isi bagian ini.",
            ),
            (
                "<b data-names=\"f-answer\"></b>Pilih salah satu.",
                "<b>Jawaban:</b> Pilih salah satu.",
            ),
            // The message names its field already.
            (
                "<b data-names=\"f-email\"></b>Surel atau kata sandi salah.",
                "Surel atau kata sandi salah.",
            ),
            ("<b data-names=\"f-other\"></b>Tidak bisa.", "Tidak bisa."),
            ("tanpa ringkasan", "tanpa ringkasan"),
        ] {
            assert_eq!(named(line), expected);
        }
    }
}
