# SPDX-License-Identifier: Apache-2.0
"""How other programs head their columns, in English, German, French, Spanish, Dutch, Portuguese.

Written folded: no case, no accents, single blanks. A heading that is one of these words is a
sure sign; one that contains such a word as a whole is a good one.
"""

from __future__ import annotations

from typing import Final

# Field: words, parted by commas. The same word may stand under several fields: values decide.
_WORDS: Final = {
    "key": "id, patient id, patientid, pat id, patnr, pat nr, patient no, patient number, number, "
    "no, nr, record number, mrn, file number, account number, external id, patientennummer, "
    "patienten nr, kundennummer, nummer, lfd nr, personalnummer, numero patient, "
    "numero de dossier, no dossier, num dossier, matricule, identifiant, numero, numero de "
    "paciente, num paciente, expediente, historia clinica, identificador, patientnummer, "
    "klantnummer, personeelsnummer, numero do paciente, prontuario, matricula, codigo do paciente, "
    "item id, item no, article id, employee id, staff id, staff no, artikel id",
    "chart_number": "chart, chart no, chart number, kartennummer, karteinummer, aktennummer, "
    "numero de carte, ficha, dossiernummer, ficha numero",
    "family_name": "family name, last name, lastname, surname, last, name last, nachname, "
    "familienname, zuname, name, nom, nom de famille, nom usuel, apellido, apellidos, "
    "primer apellido, achternaam, familienaam, sobrenome, apelido, ultimo nome",
    "given_name": "given name, first name, firstname, forename, first, name first, vorname, "
    "rufname, prenom, prenoms, nombre, nombres, nombre de pila, voornaam, voornamen, roepnaam, "
    "nome proprio, primeiro nome, prenome",
    "full_name": "full name, name, nom, patient, patient name, client, client name, "
    "name of patient, patientenname, vor und nachname, name vorname, nachname vorname, "
    "nom complet, nom et prenom, "
    "nom prenom, nombre completo, nombre y apellidos, apellidos y nombre, paciente, "
    "volledige naam, naam, patientnaam, nome completo, nome do paciente, nome",
    "middle_name": "middle name, middle, zweiter vorname, deuxieme prenom, segundo nombre, "
    "tweede voornaam, tussenvoegsel, nome do meio",
    "prefix": "title, prefix, titel, titre, civilite, tratamiento, titulo, aanhef, tratamento",
    "birth_name": "birth name, maiden name, name at birth, geburtsname, madchenname, nom de "
    "naissance, nom de jeune fille, apellido de soltera, geboortenaam, meisjesnaam, "
    "nome de solteira",
    "preferred_name": "preferred name, known as, nickname, called, rufname, nom d usage, "
    "nom usuel, apodo, nombre preferido, nome social",
    "born_on": "date of birth, dob, d o b, birth date, birthdate, birthday, born, born on, "
    "geburtsdatum, geburtstag, geb datum, geb, geboren, geboren am, date de naissance, naissance, "
    "ne le, nee le, ddn, fecha de nacimiento, fecha nacimiento, nacimiento, f nacimiento, fnac, "
    "geboortedatum, geb dat, data de nascimento, nascimento, data nascimento, dt nasc",
    "gender": "gender, sex, geschlecht, sexe, genre, sexo, genero, geslacht",
    "mobile": "mobile, mobile phone, cell, cell phone, cellphone, handy, mobil, mobiltelefon, "
    "handynummer, portable, tel portable, telephone portable, mobile no, movil, celular, "
    "telefono movil, mobiel, mobiele telefoon, gsm, telemovel",
    "phone": "phone, telephone, tel, phone number, home phone, phone home, telefon, festnetz, "
    "telefonnummer, rufnummer, tel privat, telephone fixe, fixe, tel domicile, telefono, "
    "telefono fijo, telefoon, telefoonnummer, telefone, fone, telefone fixo",
    "email": "email, e mail, mail, email address, e mail adresse, emailadresse, courriel, "
    "adresse mail, adresse email, correo, correo electronico, emailadres, e mailadres, "
    "correio eletronico",
    "street": "street, address, address 1, address1, address line 1, street address, strasse, "
    "str, anschrift, adresse, strasse und hausnummer, strasse hausnummer, rue, voie, direccion, "
    "calle, domicilio, straat, adres, straatnaam, rua, endereco, morada, logradouro",
    "postcode": "postcode, post code, zip, zip code, zipcode, postal code, plz, postleitzahl, "
    "code postal, cp, codigo postal, c p, postcode, cep, codigo postal",
    "city": "city, town, suburb, ort, stadt, wohnort, ville, commune, localite, ciudad, "
    "poblacion, localidad, municipio, plaats, woonplaats, stad, cidade, localidade",
    "region": "state, region, county, province, bundesland, kanton, departement, provincia, "
    "estado, comunidad, provincie, estado, uf, distrito",
    "country": "country, land, staat, pays, pais",
    "language": "language, sprache, langue, idioma, taal, lingua",
    "insurer": "insurer, insurance, insurance company, payer, fund, health fund, krankenkasse, "
    "kasse, versicherung, kostentrager, mutuelle, assurance, caisse, organisme, aseguradora, "
    "seguro, mutua, verzekeraar, zorgverzekeraar, verzekering, convenio, seguradora, plano",
    "member_id": "member id, member no, member number, policy number, insurance number, "
    "insurance id, subscriber id, medicare no, nhs number, versichertennummer, versicherten nr, "
    "versicherungsnummer, krankenversichertennummer, numero de securite sociale, nir, "
    "no avs, numero assure, numero de afiliado, numero de poliza, tarjeta sanitaria, "
    "polisnummer, verzekerdennummer, bsn, carteirinha, numero da carteira, numero de utente",
    "allergies": "allergies, allergy, allergien, allergie, alergias, alergia, allergieen",
    "code": "code, fee code, service code, procedure code, cpt, item code, ziffer, goz, goa, "
    "gebuhrenziffer, leistungsziffer, ebm, kode, nummer, code acte, acte, codigo, "
    "codigo de servicio, verrichtingscode, prestatiecode, tuss, cod, article number, "
    "article no, item number, sku, barcode, bar code, ean, gtin, upc, artikelnummer, artikel nr, "
    "artnr, pzn, strichcode, reference, ref, code barre, code article, referencia, "
    "codigo de barras, streepjescode, codigo do item",
    "description": "description, name, service, procedure, text, treatment, wording, "
    "beschreibung, bezeichnung, leistung, leistungstext, libelle, designation, prestation, "
    "descripcion, servicio, concepto, prestacion, omschrijving, verrichting, descricao, servico, "
    "procedimento",
    "price": "price, fee, amount, charge, unit price, rate, tariff, preis, betrag, gebuhr, "
    "honorar, einzelpreis, prix, tarif, montant, honoraires, precio, importe, tarifa, prijs, "
    "tarief, bedrag, preco, valor",
    "tax_code": "tax, tax code, vat, vat code, gst, steuer, steuersatz, mwst, ust, "
    "steuerschlussel, tva, taxe, iva, impuesto, btw, btw code, imposto",
    "from_on": "valid from, from, effective, effective from, start date, gultig ab, ab, "
    "valable des, a partir du, valido desde, desde, vigente desde, geldig vanaf, valido a partir",
    "name": "item, item name, name, product, article, description, supply, material, artikel, "
    "artikelname, bezeichnung, produkt, produit, designation, article, libelle, articulo, "
    "producto, descripcion, nombre, omschrijving, product, artikelomschrijving, artigo, "
    "produto, nome, descricao, full name, employee, staff, mitarbeiter, mitarbeiterin, vollname, "
    "nom complet, employe, empleado, nombre completo, medewerker, naam, funcionario, "
    "nome completo",
    "unit": "unit, uom, base unit, einheit, mengeneinheit, unite, unidad, unidad de medida, "
    "eenheid, unidade",
    "pack_unit": "pack, pack unit, packaging, packung, gebinde, verpackung, conditionnement, "
    "emballage, envase, presentacion, verpakking, embalagem",
    "pack_size": "pack size, units per pack, per pack, qty per pack, packungsgrosse, "
    "stuck pro packung, inhalt, quantite par boite, par boite, unidades por caja, por caja, "
    "verpakkingsgrootte, aantal per verpakking, unidades por embalagem",
    "par_min": "min, minimum, par min, reorder level, reorder point, min stock, "
    "mindestbestand, meldebestand, seuil, stock minimum, seuil d alerte, minimo, stock minimo, "
    "punto de pedido, minimumvoorraad, bestelpunt, estoque minimo",
    "par_max": "max, maximum, par max, max stock, hochstbestand, sollbestand, stock maximum, "
    "maximo, stock maximo, maximumvoorraad, estoque maximo",
    "supplier": "supplier, vendor, lieferant, fournisseur, proveedor, leverancier, fornecedor",
    "quantity": "quantity, qty, on hand, stock, in stock, count, bestand, menge, anzahl, "
    "lagerbestand, ist bestand, quantite, stock actuel, qte, cantidad, existencias, "
    "stock actual, aantal, voorraad, hoeveelheid, quantidade, estoque, qtd",
    "place": "place, location, room, shelf, storage, lagerort, ort, raum, lager, schrank, "
    "emplacement, lieu, armoire, ubicacion, lugar, almacen, locatie, plaats, kast, local, "
    "localizacao, armario",
    "lot": "lot, lot number, lot no, batch, batch number, charge, chargennummer, ch b, "
    "los, numero de lot, lote, numero de lote, partij, lotnummer, batchnummer",
    "expires_on": "expiry, expiry date, expires, exp, exp date, expiration, expiration date, "
    "use before, use by, best before, verfall, verfallsdatum, verfalldatum, ablaufdatum, "
    "haltbar bis, mhd, peremption, date de peremption, date d expiration, dlu, caducidad, "
    "fecha de caducidad, vencimiento, fecha de vencimiento, vervaldatum, houdbaar tot, validade, "
    "data de validade",
    "unit_cost": "cost, unit cost, purchase price, buying price, einkaufspreis, ek, ek preis, "
    "stuckpreis, cout, cout unitaire, prix d achat, prix unitaire, coste, coste unitario, "
    "costo, precio de compra, kostprijs, inkoopprijs, custo, custo unitario, preco de custo, "
    "preis, price, prix, precio, prijs, preco",
    "initials": "initials, short, kurzel, kurzzeichen, initialen, initiales, iniciales, "
    "initialen, iniciais, sigla",
    "role": "role, position, job, job title, profession, function, rolle, funktion, beruf, "
    "fonction, poste, metier, role, cargo, puesto, funcion, profesion, functie, beroep, rol, "
    "funcao, profissao",
    "is_provider": "provider, sees patients, practitioner, clinician, behandler, praticien, "
    "soignant, profesional, behandelaar, profissional",
    "registration": "registration, registration number, licence, license, licence number, "
    "license number, npi, gmc, lanr, arztnummer, zulassung, approbation, rpps, adeli, "
    "numero de colegiado, colegiado, big nummer, agb code, big, crm, registo",
    "weekly_hours": "hours, weekly hours, hours per week, contract hours, wochenstunden, "
    "stunden, std woche, heures, heures par semaine, heures hebdomadaires, horas, "
    "horas semanales, horas por semana, uren, uren per week, horas semanais",
}

HEADINGS: Final = {
    key: frozenset(word.strip() for word in words.split(",")) for key, words in _WORDS.items()
}
