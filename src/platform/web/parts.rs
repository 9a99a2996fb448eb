//! Layouts and small parts of pages, without a copy of the page for each.
//!
//! `{{> …}}` and `{{#> …}}` copy all that stands around them into the part, and inside of a part every look at a value
//! copies it again: a list of 26 rows was copied some thirty times a page. These two show the page's own data where it
//! stands.

use handlebars::{
    BlockContext, BlockParamHolder, Context, Handlebars, Helper, HelperDef, HelperResult, Output,
    RenderContext, RenderErrorReason, Renderable as _, StringOutput,
};

/// What shows a template in the midst of a page.
pub(super) enum Shown {
    /// `{{#layout "public"}}…{{/layout}}`: what it holds comes where the layout says `{{{body}}}`.
    Layout,
    /// `{{part "partials/chip" kind="late"}}`: sees `shell`, `page` and what it is given by name, and nothing of the row
    /// around it.
    Part,
}

impl HelperDef for Shown {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        registry: &'reg Handlebars<'reg>,
        context: &'rc Context,
        render: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let mut block = BlockContext::new();
        let named = name_of(helper)?;
        let name = match self {
            Self::Layout => {
                let mut body = StringOutput::new();
                if let Some(held) = helper.template() {
                    held.render(registry, context, render, &mut body)?;
                }
                let body = body.into_string().map_err(RenderErrorReason::from)?;
                block.set_block_param("body", BlockParamHolder::value(body.into()));
                format!("layouts/{named}")
            }
            Self::Part => {
                for (name, value) in helper.hash() {
                    block.set_block_param(name, BlockParamHolder::value(value.value().clone()));
                }
                named.to_owned()
            }
        };
        let template = registry
            .get_template(&name)
            .ok_or(RenderErrorReason::PartialNotFound(name))?;
        render.push_block(block);
        let done = template.render(registry, context, render, out);
        render.pop_block();
        done
    }
}

fn name_of<'a>(helper: &'a Helper<'_>) -> Result<&'a str, RenderErrorReason> {
    helper
        .param(0)
        .and_then(|param| param.value().as_str())
        .ok_or(RenderErrorReason::ParamNotFoundForIndex("part", 0))
}
