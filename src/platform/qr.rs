//! QR codes of addresses: as a drawing for pages and posters, as a picture for mails, whose readers show no drawings.

use std::io::Cursor;

use image::{GrayImage, ImageFormat, Luma};
use qrcode::{Color, EcLevel, QrCode, render::svg};

use super::error::Result;

/// Scanners need this much white around it, in modules.
const QUIET: u32 = 4;
const PIXELS_PER_MODULE: u32 = 8;

fn code(address: &str) -> Result<QrCode> {
    // Medium correction: a fold in a printed card does no harm.
    Ok(QrCode::with_error_correction_level(address, EcLevel::M).map_err(anyhow::Error::from)?)
}

pub fn drawing(address: &str) -> Result<String> {
    Ok(code(address)?
        .render::<svg::Color<'_>>()
        .quiet_zone(true)
        .module_dimensions(8, 8)
        .build())
}

pub fn picture(address: &str) -> Result<Vec<u8>> {
    let code = code(address)?;
    let modules = u32::try_from(code.width()).map_err(anyhow::Error::from)?;
    let side = (modules + 2 * QUIET) * PIXELS_PER_MODULE;
    let mut picture = GrayImage::from_pixel(side, side, Luma([255]));
    for (place, color) in (0_u32..).zip(code.to_colors()) {
        if color == Color::Light {
            continue;
        }
        let (left, top) = (place % modules + QUIET, place / modules + QUIET);
        for x in 0..PIXELS_PER_MODULE {
            for y in 0..PIXELS_PER_MODULE {
                let (x, y) = (left * PIXELS_PER_MODULE + x, top * PIXELS_PER_MODULE + y);
                picture.put_pixel(x, y, Luma([0]));
            }
        }
    }
    let mut png = Cursor::new(Vec::new());
    picture
        .write_to(&mut png, ImageFormat::Png)
        .map_err(anyhow::Error::from)?;
    Ok(png.into_inner())
}
