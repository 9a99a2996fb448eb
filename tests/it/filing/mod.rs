//! Promises to whoever files: nothing typed is lost, nothing dangerous gets in, and floods are held off without
//! locking anybody out.

mod evidence;
mod floods;
mod following;
mod lost_code;
mod programs;
mod righting;
mod steps;

use std::io::Cursor;

use image::{ImageFormat, RgbImage};
use poem::http::Method;

use crate::{
    complaints::{WORDS, fields, fill_form, key_of, send_form},
    support::{Answer, Browser, TestApp},
};

/// Sends a form with files as a browser does: (field, name, bytes).
pub async fn post_files(
    browser: &mut Browser<'_>,
    path: &str,
    fields: &[(&str, &str)],
    files: &[(&str, &str, Vec<u8>)],
) -> Answer {
    let boundary = "----rembuk-files";
    let csrf = browser.csrf().to_owned();
    let mut body = Vec::new();
    let part = |head: String, bytes: &[u8], body: &mut Vec<u8>| {
        body.extend(
            format!("--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n").bytes(),
        );
        body.extend(bytes);
        body.extend(b"\r\n");
    };
    for (name, value) in [("_csrf", csrf.as_str())].iter().chain(fields) {
        part(format!("name=\"{name}\""), value.as_bytes(), &mut body);
    }
    for (field, name, bytes) in files {
        let head = format!("name=\"{field}\"; filename=\"{name}\"");
        part(head, bytes, &mut body);
    }
    body.extend(format!("--{boundary}--\r\n").bytes());
    let kind = format!("multipart/form-data; boundary={boundary}");
    browser.send(Method::POST, path, Some((&kind, body))).await
}

/// A photo with a place in it.
pub fn photo() -> Vec<u8> {
    let picture = RgbImage::from_fn(60, 40, |x, y| {
        image::Rgb([x, y, 90].map(|v| u8::try_from(v % 256).unwrap()))
    });
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    let mut jpeg = bytes.into_inner();
    let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0 GPS -0.5022 117.1536";
    let mut block = vec![0xFF, 0xE1];
    block.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
    block.extend(exif);
    jpeg.splice(2..2, block);
    jpeg
}

pub fn pdf(inside: &str) -> Vec<u8> {
    format!("%PDF-1.7\n1 0 obj\n{inside}\nendobj\nstartxref\n9\n%%EOF\n").into_bytes()
}

/// The form up to its second page; its key.
pub async fn at_details(citizen: &mut Browser<'_>) -> String {
    citizen.get("/pengaduan/baru").await;
    let sent = citizen.post("/pengaduan/baru", &fields()).await;
    key_of(&citizen.follow(&sent).await)
}

/// From the second page to the receipt.
pub async fn finish(citizen: &mut Browser<'_>, key: &str) -> Answer {
    let mut person = fields();
    person.push(("form", key));
    let sent = citizen.post("/pengaduan/baru/anda", &person).await;
    assert_eq!(sent.location(), "/pengaduan/periksa");
    citizen.follow(&sent).await;
    let sent = citizen.post("/pengaduan", &[("form", key)]).await;
    citizen.follow(&sent).await
}

/// Whether a table of the database holds these words anywhere.
pub async fn stored(app: &TestApp, table: &str, words: &str) -> bool {
    use sea_orm::{ConnectionTrait as _, Statement};
    let db = &app.app.db;
    let sql = if db.is_sqlite() {
        format!("SELECT group_concat(quote(content)) AS all_of FROM {table}")
    } else {
        format!("SELECT string_agg({table}::text, ' ') AS all_of FROM {table}")
    };
    let row = db
        .query_one_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .unwrap()
        .unwrap();
    let all: Option<String> = row.try_get("", "all_of").unwrap();
    let hex: String = words.bytes().map(|b| format!("{b:02X}")).collect();
    let all = all.unwrap_or_default().to_uppercase();
    all.contains(&words.to_uppercase()) || all.contains(&hex)
}
